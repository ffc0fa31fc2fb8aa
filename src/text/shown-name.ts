const INVISIBLE =
  /[^\P{Cf}\u200c\u200d]|(?<=^|[\p{Script=Latin}\s])[\u200c\u200d]+|[\u200c\u200d]+(?=$|[\p{Script=Latin}\s])/gu;
const MOST = 100;

/** Whether a name has characters in it that nobody sees, so that it may pass for another or be more than one line. */
export function hasInvisible(name: string): boolean {
  return name.search(INVISIBLE) >= 0 || /\p{Cc}/u.test(name);
}

/**
 * What a network or a feed calls itself, as one line that looks like what it is, of at most 100 characters. Joiners between
 * letters that need them, and in emoji, are a part of the word. May come out empty.
 */
export function shownName(foreign: string): string {
  const seen = foreign
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(INVISIBLE, '')
    .trim();
  // The cut may leave a joiner at the end.
  return [...seen].slice(0, MOST).join('').replace(INVISIBLE, '').trim();
}
