/** By what two names are the same hashtag. Alone, so that who only compares two does not take along what finds them. */
export function fold(name: string): string {
  if (/^[\0-\x7f]*$/.test(name)) return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}
