import type { Article } from '../api/types.ts';

/** The story that an article may be a copy of; null where there is none, or a person has told the two apart. */
export function likenessOf({ possibleDuplicate }: Pick<Article, 'possibleDuplicate'>): Article['possibleDuplicate'] {
  return possibleDuplicate?.isAnother === false ? possibleDuplicate : null;
}
