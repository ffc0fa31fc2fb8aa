import type { Failure } from './errors.ts';

/** What to do after an attempt that brought no receipt. `afterMs` counts from when it is written down, by the database's clock. */
export type Verdict =
  | { readonly state: 'failed'; readonly signsOut: boolean }
  | { readonly state: 'scheduled'; readonly afterMs: number; readonly countsAsTry: boolean }
  | { readonly state: 'unknown'; readonly checkAfterMs: number };

/** Tries at a network that cannot be reached before a person is asked: with the back-off below, about nine hours. */
const MAX_TRIES = 2_300;
const FIRST_BACKOFF_MS = 2_000;
/** One post of an account asks for all of them, so that it may ask this often; with the jitter, at most every ten seconds. */
const LONGEST_BACKOFF_MS = 14_000;
/** A network that says "wait" without saying how long. */
const DEFAULT_WAIT_MS = 60_000;
/** No answer of a network makes us wait longer than this for the next look. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/** When a lost answer is looked up: the first time, and after each look-up that could not tell. */
export const CHECK_AFTER_MS = [5_000, 15_000, 60_000, 300_000] as const;

/**
 * The one switch over failure kinds.
 * @param tries tries counted so far, from 0.
 * @param chance a number in [0, 1) that spreads retries of many posts (jitter).
 */
export function verdictOf(failure: Failure, given: { tries: number; chance: number }): Verdict {
  switch (failure.kind) {
    case 'refused':
      return { state: 'failed', signsOut: false };
    case 'signed-out':
      return { state: 'failed', signsOut: true };
    case 'limited':
      return { state: 'scheduled', afterMs: waitOf(failure), countsAsTry: false };
    case 'down':
      if (given.tries + 1 >= MAX_TRIES) return { state: 'failed', signsOut: false };
      return { state: 'scheduled', afterMs: backoffMs(given.tries, given.chance), countsAsTry: true };
    case 'unknown':
      return { state: 'unknown', checkAfterMs: CHECK_AFTER_MS[0] };
  }
}

function waitOf({ retryAfterMs = DEFAULT_WAIT_MS }: Failure): number {
  return Math.min(Math.max(retryAfterMs, 1_000), LONGEST_WAIT_MS);
}

/** Doubles from 2 s to 14 s, each ± 25 %. */
export function backoffMs(tries: number, chance: number): number {
  const base = Math.min(FIRST_BACKOFF_MS * 2 ** tries, LONGEST_BACKOFF_MS);
  return Math.round(base * (0.75 + chance / 2));
}
