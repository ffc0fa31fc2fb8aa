/** A summary is a ranking, not a string: each network takes as many of its sentences as fit. */
export interface Summary {
  /** `extractive`, or the name of the model adapter that wrote it. */
  readonly engine: string;
  /** Version of the engine: the same article and version give the same summary, byte for byte. */
  readonly version: string;
  readonly lang: string;
  /** Every candidate sentence of the article, in article order. */
  readonly sentences: readonly RankedSentence[];
  readonly hashtags: readonly Hashtag[];
}

export interface RankedSentence {
  /** Index of the sentence in the article, from 0. */
  readonly index: number;
  /** The sentence as it may be posted: a span of the article after typographic normalisation. */
  readonly text: string;
  /** Where it stands in `article.text`, UTF-16 offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Higher is better; comparable within one article only. */
  readonly score: number;
  /** Place in the ranking, from 1; null where the sentence may not be used at all. */
  readonly rank: number | null;
  readonly reasons: readonly Reason[];
}

/** One share of a score, in words an editor reads. */
export interface Reason {
  /** Stable name, e.g. `position`, `headline-overlap`, `centrality`, `names`, `byline`, `orphan-pronoun`. */
  readonly name: string;
  /** Signed contribution to the score. */
  readonly points: number;
  readonly detail?: string;
}

/** A hashtag candidate with the verdict on it: rejected ones are kept, because an editor asks why. */
export interface Hashtag {
  /** With its `#`, legal on every network, CamelCase: `#EuropeanUnion`. */
  readonly tag: string;
  /** The words it stands for: `European Union`. */
  readonly phrase: string;
  readonly origin:
    'person' | 'place' | 'organisation' | 'event' | 'topic' | 'headline' | 'keyword' | 'section' | 'house';
  readonly score: number;
  readonly kept: boolean;
  readonly reasons: readonly Reason[];
}

export type HashtagStrategy = 'smart' | 'headline';
