/** When a delivery that failed is tried again, after each try in turn; then a person is needed. */
export const RETRY_AFTER_MS = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000] as const;
/** No receiver makes us wait longer than this. */
const LONGEST_WAIT_MS = 24 * 3_600_000;
/** A receiver that has failed for so long is not called any more. */
export const DISABLED_AFTER_MS = 5 * 24 * 3_600_000;

/** How a try ended. `status` is null where no answer came. */
export interface Tried {
  readonly status: number | null;
  /** What the receiver asked for. */
  readonly retryAfterMs: number | null;
}

export type DeliveryVerdict =
  | { readonly state: 'delivered' }
  /** The receiver asks never to be called again. */
  | { readonly state: 'gone' }
  | { readonly state: 'waiting'; readonly afterMs: number }
  | { readonly state: 'failed' };

/**
 * What becomes of a delivery after a try (Standard Webhooks 1.0).
 * @param tries this one included. @param chance a number in [0, 1) that spreads them, ± 10 %.
 */
export function afterTry({ status, retryAfterMs }: Tried, tries: number, chance: number): DeliveryVerdict {
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered' };
  if (status === 410) return { state: 'gone' };
  const planned = RETRY_AFTER_MS[tries - 1];
  if (planned === undefined) return { state: 'failed' };
  const spread = Math.round(planned * (0.9 + chance / 5));
  return { state: 'waiting', afterMs: Math.min(Math.max(spread, retryAfterMs ?? 0), LONGEST_WAIT_MS) };
}
