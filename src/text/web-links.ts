import type { FoundLink } from './links.ts';

/** Never part of an address as people write it: quotation marks, ellipsis, the punctuation of Chinese and Japanese, invisible marks. */
const never =
  '\\s\\\\<>"“”„‟«»‹›…‥。、，；：！？（）「」『』【】《》〈〉［］｛｝\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2064\\uFEFF';
const notAfter = '(?<![A-Za-z0-9_@＠#＃$])';
const schemed = new RegExp(`${notAfter}https?://(?=[\\p{L}\\p{N}[])[^${never}]+`, 'giu');
const anyOfNever = new RegExp(`[${never}]`, 'u');
/** Belongs to the sentence where an address ends with it, or to the brackets that were opened around it. */
const behind = ".,;:!?'’‘*~|^`([{–—-";
const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * Every address with a scheme in a text, in order, whatever its top-level domain: for networks where what is a link is ours
 * to say. It ends where its reader would say that it ends: before quotation marks, before the punctuation of the
 * sentence, and before a bracket that was opened outside of it (`(https://en.wikipedia.org/wiki/Foo_(bar))`).
 */
export function findWebLinks(text: string): FoundLink[] {
  if (!/https?:\/\//iu.test(text)) return [];
  return Array.from(text.matchAll(schemed), (match) => {
    const url = linkWithin(match[0]);
    return { start: match.index, end: match.index + url.length, url };
  }).filter(({ url }) => !/^https?:\/*$/iu.test(url));
}

/** What of a run of characters that begins with an address is the address. */
export function linkWithin(run: string): string {
  const stop = run.search(anyOfNever);
  const kept = balanced(stop < 0 ? run : run.slice(0, stop));
  let end = kept.length;
  while (end > 0 && behind.includes(kept.charAt(end - 1))) end -= 1;
  return kept.slice(0, end);
}

/** Up to the first bracket that closes what was not opened here. */
function balanced(run: string): string {
  const open: string[] = [];
  for (let at = 0; at < run.length; at += 1) {
    const character = run.charAt(at);
    const opener = closers[character];
    if (opener === undefined) {
      if ('([{'.includes(character)) open.push(character);
    } else if (open.pop() !== opener) return run.slice(0, at);
  }
  return run;
}
