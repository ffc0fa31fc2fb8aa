import type { Extraction } from '../text/html.ts';
import { extractArticle } from '../text/html.ts';

/** The page took more time or memory than any article needs, or the parser fell over it. */
export interface TooComplex {
  readonly kind: 'refused';
  readonly reason: 'too-complex';
  /** One sentence for the journalist. */
  readonly detail: string;
}

/** HTML in, article or refusal out; `url` is the page's own address or null. */
export type Extract = (html: string, url: string | null) => Promise<Extraction | TooComplex>;

/** On this thread: for the command line, where nothing else waits. */
export const extractHere: Extract = async (html, url) => extractArticle(html, url);
