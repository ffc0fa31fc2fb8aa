/** Where an address in a text ends: nothing follows that could be more of it. */
const END = String.raw`(?![\p{L}\p{N}/?&=#%_~+@-]|[.,:;!]+[\p{L}\p{N}/])`;

/** A text with one of its addresses replaced by another; a longer address that only begins so stays. */
export function relinked(text: string, from: string, to: string): string {
  if (from === '') return text;
  return text.replace(new RegExp(from.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`) + END, 'gu'), () => to);
}
