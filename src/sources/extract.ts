import type { Extraction } from '../text/html.ts';
import { extractArticle } from '../text/html.ts';

/** HTML in, article or refusal out; `url` is the page's own address or null. */
export type Extract = (html: string, url: string | null) => Promise<Extraction>;

/** On this thread: for the command line, where nothing else waits. */
export const extractHere: Extract = async (html, url) => extractArticle(html, url);
