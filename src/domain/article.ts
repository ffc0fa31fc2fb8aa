/** An article as the line reads it: what was extracted from a page, a feed item, raw text or HTML. */
export interface Article {
  /** Headline as printed, without the site's name. May be empty for raw text. */
  readonly title: string;
  /** Body as plain text, NFC, paragraphs parted by one `\n`. */
  readonly text: string;
  /** BCP 47 language tag, at least the primary subtag, e.g. `en`; `und` where it cannot be told. */
  readonly lang: string;
  /** Canonical absolute URL, or null for text that has no address. */
  readonly url: string | null;
  readonly siteName: string | null;
  /** Newsroom section, e.g. `Politics`. */
  readonly section: string | null;
  /** The article's own keywords, in the publisher's order, without `#`. */
  readonly keywords: readonly string[];
  readonly authors: readonly string[];
  /** The publisher's own description (meta, OpenGraph), never used as if it were body text. */
  readonly description: string | null;
  /** RFC 3339 instant, or `YYYY-MM-DD` where the page gives no time; null where none was found. */
  readonly publishedAt: string | null;
  readonly modifiedAt: string | null;
  readonly image: ArticleImage | null;
}

export interface ArticleImage {
  readonly url: string;
  readonly alt: string | null;
}

/** Largest article body accepted, in UTF-16 units: longer than any newspaper article by a factor of ten. */
export const MAX_ARTICLE_LENGTH = 1_000_000;
