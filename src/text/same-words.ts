/** Whether two texts say the same once white space and the ways to write a letter are set aside: networks change both. */
export function isSameText(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** Fewer letters than this are said by many: "Listen to the programme." */
const FEWEST = 20;

/**
 * What a text says without its links: letters and figures alone. Null where that is too little to know a text by.
 */
export function bareWords(text: string): string | null {
  const bare = runsOf(text).join('');
  return bare.length < FEWEST ? null : bare;
}

/** The longest run of letters in a text, outside its links; empty where it has none. */
export function longestRun(text: string): string {
  return runsOf(text).reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

function runsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .replace(/https?:\/\/\S+/giu, ' ')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}
