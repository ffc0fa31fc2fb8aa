import type { Feed, FeedRefusal } from '../text/feed.ts';
import type { Extraction } from '../text/html.ts';
import type { Sitemap } from '../text/sitemap.ts';

/** The page took more time or memory than any article needs, or the parser fell over it. */
export interface TooComplex {
  readonly kind: 'refused';
  readonly reason: 'too-complex';
  /** One sentence for the journalist. */
  readonly detail: string;
}

/** HTML in, article or refusal out; `url` is the page's own address or null. */
export type Extract = (html: string, url: string | null) => Promise<Extraction | TooComplex>;

/** What arrived from a site and is made into values: `parseFeed` and `parseSitemap` of `text/`, wherever they run. */
export interface Parse {
  feed(xml: string, headers: Readonly<Record<string, string>>, isCut: boolean): Promise<Feed | FeedRefusal>;
  sitemap(text: string): Promise<Sitemap | FeedRefusal>;
}
