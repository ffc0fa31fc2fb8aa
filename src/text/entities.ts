import type { Article } from '../domain/article.ts';
import type { Hashtag } from '../domain/summary.ts';
import { stopWords } from './stopwords/all.ts';
import { splitWords, wordKey } from './words.ts';

/** A name or topic found in an article, before anyone decides whether it becomes a hashtag. */
export interface Candidate {
  /** As written, possessive dropped: `Vladimir Putin`. */
  readonly phrase: string;
  readonly key: string;
  readonly origin: Hashtag['origin'];
  readonly count: number;
  /** UTF-16 offset of the first mention in the body; the body's length where it is only in the headline. */
  readonly first: number;
  readonly inTitle: boolean;
}

/** Capitalised runs of the body and headline, and the words that stand in both. */
export function findCandidates(article: Article): Candidate[] {
  const found = new Map<string, { phrase: string; count: number; first: number; inTitle: boolean }>();
  const stops = stopWords(article.lang);
  const lowered = new Set<string>();
  const body = splitWords(article.text, article.lang);
  for (const word of body) if (/^\p{Ll}/u.test(word.text)) lowered.add(word.key);
  for (const [text, inTitle] of [
    [article.title, true],
    [article.text, false],
  ] as const) {
    let run: { text: string; start: number; end: number }[] = [];
    const close = (): void => {
      const [head] = run;
      const last = run.at(-1);
      if (head !== undefined && last !== undefined) {
        const phrase = text.slice(head.start, last.end).replace(/[’']s?$/u, '');
        const key = wordKey(phrase, article.lang);
        const known = found.get(key) ?? {
          phrase,
          count: 0,
          first: inTitle ? article.text.length : head.start,
          inTitle: false,
        };
        known.count += 1;
        known.first = Math.min(known.first, inTitle ? article.text.length : head.start);
        known.inTitle ||= inTitle;
        found.set(key, known);
      }
      run = [];
    };
    for (const word of splitWords(text, article.lang)) {
      const isName = /^\p{Lu}/u.test(word.text) && !stops.has(word.text.toLowerCase()) && !lowered.has(word.key);
      const previous = run.at(-1);
      if (!isName || (previous !== undefined && text.slice(previous.end, word.start).trim() !== '')) close();
      if (!isName) continue;
      run.push(word);
      if (/[’']s$/u.test(word.text) || run.length === 4) close();
    }
    close();
  }
  return [...found].map(([key, entry]) => ({ key, origin: 'topic', ...entry }));
}
