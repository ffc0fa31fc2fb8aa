/** Everything that LinkedIn's "little text" takes for markup: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format */
export const RESERVED = '\\|{}[]()<>@#*_~';

/** Links and hashtags stay as they are: an escaped `#` is no hashtag, and an escaped address no link. */
const kept = /https?:\/\/\S+|(?<![\p{L}\p{M}\p{N}_])#[\p{L}\p{M}\p{N}_]+/giu;

/**
 * A text in which nothing is markup but its hashtags. A reserved character without its backslash is no error on LinkedIn:
 * the post goes out, and ends there.
 */
export function escapeLittleText(text: string): string {
  let escaped = '';
  let at = 0;
  for (const match of text.matchAll(kept)) {
    escaped += escapeAll(text.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return escaped + escapeAll(text.slice(at));
}

function escapeAll(text: string): string {
  return [...text].map((character) => (RESERVED.includes(character) ? `\\${character}` : character)).join('');
}
