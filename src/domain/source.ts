/**
 * How a source is read: `feed` (RSS, Atom, RDF, JSON Feed), `sitemap` (news sitemaps, their indexes, and plain lists of
 * addresses), `urls` (addresses that a person wrote down), `push` (articles are handed in through the API).
 */
export const sourceKinds = ['feed', 'sitemap', 'urls', 'push'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export const sourceStates = ['active', 'paused', 'removed'] as const;

/** What was decided about an item. */
export const outcomes = ['accepted', 'duplicate', 'filtered', 'refused', 'baseline', 'over-cap'] as const;
export type ItemOutcome = (typeof outcomes)[number];

/** Outcomes that a person may overrule. */
export const promotable: readonly ItemOutcome[] = ['duplicate', 'filtered', 'refused', 'baseline', 'over-cap'];

/** What an item of a source has to be like. Empty lists and nulls ask for nothing. */
export interface IntakeRules {
  /** One of these words or phrases must stand in headline or teaser; `word*` is every word that begins so. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** One of these sections or categories. */
  readonly sections: readonly string[];
  /** Primary language subtags, e.g. `en`. */
  readonly languages: readonly string[];
  /** Characters of the article's text. */
  readonly minLength: number | null;
  /** Older than this it is not news: what resurfaces in a feed is left alone. */
  readonly maxAgeHours: number | null;
  /** Any of these makes it breaking. */
  readonly urgentWords: readonly string[];
}

export type RuleName = Exclude<keyof IntakeRules, 'urgentWords'>;

/** An item as a source shows it, whatever its kind. */
export interface SourceItem {
  readonly guid: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly teaser: string | null;
  /** HTML that nobody has checked. */
  readonly content: string | null;
  readonly sections: readonly string[];
  readonly lang: string | null;
  /** RFC 3339 instant, or `YYYY-MM-DD`. */
  readonly publishedAt: string | null;
}

/** A bare address as an item: everything else is found on its page. */
export function itemAt(url: string): SourceItem {
  return { guid: null, url, title: '', teaser: null, content: null, sections: [], lang: null, publishedAt: null };
}

/** Polls in a row that failed before somebody is told, once. */
export const FAILING_AFTER = 5;

const LONGEST_BACK_OFF_MS = 6 * 3_600_000;

/**
 * How long to wait after so many failures in a row: the interval, doubled each time, six hours at most; longer only where
 * the server asks for it.
 * @param chance in [0, 1): spreads feeds of one server that fell together over a tenth of the wait.
 */
export function backOffMs(intervalMs: number, failures: number, retryAfterMs: number | null, chance: number): number {
  const grown = Math.min(intervalMs * 2 ** Math.min(failures, 20), Math.max(LONGEST_BACK_OFF_MS, intervalMs));
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
  return Math.round(Math.max(asked, grown * (1 + chance / 10)));
}

/** A server that asks for more than a day is asked again after a day. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;
