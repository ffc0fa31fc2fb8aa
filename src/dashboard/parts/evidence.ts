/** How much of what a sentence claims stands in the article, word for word. */
export interface Evidence {
  readonly figures: { readonly found: number; readonly all: number };
  readonly names: { readonly found: number; readonly all: number };
}

const FIGURE = /\p{N}[\p{N}.,:/]*\p{N}|\p{N}/gu;
const NAME = /(?<=[\p{L}\p{N},;:’'"“(]\s)\p{Lu}[\p{L}\p{M}’'-]+(?:\s\p{Lu}[\p{L}\p{M}’'-]+)*/gu;

/** Figures and capitalised names of a sentence, and how many of them occur in the article. */
export function evidenceOf(sentence: string, article: string): Evidence {
  return { figures: count(sentence, article, FIGURE), names: count(sentence, article, NAME) };
}

function count(sentence: string, article: string, pattern: RegExp): { found: number; all: number } {
  const all = [...new Set([...sentence.matchAll(pattern)].map((match) => match[0]))];
  return { found: all.filter((one) => article.includes(one)).length, all: all.length };
}
