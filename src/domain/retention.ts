/** What is kept for how long, in days. A post, its texts, its receipts and its audit are kept for good. */
export const retentionDays = {
  /** The HTML that articles were handed in as, and the text of feed items: what was extracted stays. */
  html: 30,
  /** The stream of events: what a client that was away can still replay; and which trace a thing was met in. */
  events: 90,
  /** Tries that brought nothing, of posts that have long come to an end. */
  attempts: 180,
  /** Answers kept for a repeated request (`Idempotency-Key`). */
  'idempotency-keys': 1,
  /** What webhooks were sent, and how it went. */
  deliveries: 30,
  /** Images that no post has shown: an article's is fetched again where one is to. */
  images: 90,
  /** What the sandbox was sent. */
  sandbox: 30,
} as const satisfies Record<string, number>;

export type Retained = keyof typeof retentionDays;
export type Retention = Readonly<Record<Retained, number>>;

/** Longer than anything is kept. */
export const MOST_DAYS = 36_500;
