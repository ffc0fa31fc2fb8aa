/** What is kept for how long, in days. A post, its texts, its receipts and its audit are kept for good. */
export const retentionDays = {
  /** The HTML that articles were handed in as, and the text of feed items: what was extracted stays. */
  html: 30,
  /** The stream of events: what a client that was away can still replay; and which trace a thing was met in. */
  events: 90,
  /** Tries that brought nothing, of posts that have long come to an end. */
  attempts: 180,
  /** Why items of sources became no story, once their source shows them no more. What became one is told with its story. */
  decisions: 90,
  /** Answers kept for a repeated request (`Idempotency-Key`). */
  'idempotency-keys': 1,
  /** The words of what was before and after a change; that it was, by whom and when stays in the audit. */
  'audit-values': 730,
  /** What webhooks were sent, and how it went. */
  deliveries: 30,
  /** Images that no post has shown: an article's is fetched again where one is to. */
  images: 90,
  /** What the sandbox was sent. */
  sandbox: 30,
} as const satisfies Record<string, number>;

export type Retained = keyof typeof retentionDays;
export const retainedNames = Object.keys(retentionDays) as [Retained, ...Retained[]];
export type Retention = Readonly<Record<Retained, number>>;
/** Ages that somebody has decided; the others are as above. */
export type ChosenAges = { readonly [What in Retained]?: number | undefined };

/** Longer than anything is kept. */
export const MOST_DAYS = 36_500;

/** The ages that hold: the operator's word, else the newsroom's, else the usual ones. */
export function agesFrom(chosen: ChosenAges, fixed: ChosenAges): Retention {
  const days = (what: Retained): number => fixed[what] ?? chosen[what] ?? retentionDays[what];
  return Object.fromEntries(retainedNames.map((what) => [what, days(what)])) as Record<Retained, number>;
}
