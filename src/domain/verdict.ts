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

/** When a lost answer is looked up: the first time, and after each look-up that did not find it. */
const LOOK_AFTER_MS = [5_000, 15_000, 60_000, 300_000] as const;
/** And on from there while nobody could tell: a network may be away for a day. Few, because some cost money. */
const LOOK_LATER_MS = [30 * 60_000, 2 * 3_600_000, 6 * 3_600_000, 24 * 3_600_000] as const;
/** However long a server in trouble asks us to stay away: somebody may wait to hear what became of the post. */
const LONGEST_UNTOLD_MS = 3_600_000;
/** How long a post that a look-up has not found waits until it is sent again, by how often that was so before. */
const SEND_AGAIN_MS = [0, 10_000, 25_000, 55_000] as const;

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
      return { state: 'unknown', checkAfterMs: lookAfter(failure) };
  }
}

function waitOf({ retryAfterMs = DEFAULT_WAIT_MS }: Failure): number {
  return Math.min(Math.max(retryAfterMs, 1_000), LONGEST_WAIT_MS);
}

function lookAfter({ retryAfterMs = 0 }: Failure): number {
  return Math.min(Math.max(retryAfterMs, LOOK_AFTER_MS[0]), LONGEST_UNTOLD_MS);
}

/**
 * How long to wait with the next look-up; null: there is none, and a person decides.
 * @param looks how many there were. @param isAbsent the network answered, and has not got it.
 */
export function lookAgainAfterMs(looks: number, isAbsent: boolean): number | null {
  const steps = isAbsent ? LOOK_AFTER_MS : [...LOOK_AFTER_MS, ...LOOK_LATER_MS];
  return steps[looks] ?? null;
}

/**
 * With the look-up before it, a server that answers nothing but errors is asked after 5, 15, 30 and then every 60 seconds.
 * @param lost how many tries at this part have been looked for and not found before. @param chance in [0, 1), ± 25 %.
 */
export function sendAgainAfterMs(lost: number, chance: number): number {
  const base = SEND_AGAIN_MS[Math.min(lost, SEND_AGAIN_MS.length - 1)] ?? 0;
  return Math.round(base * (0.75 + chance / 2));
}

/** Doubles from 2 s to 14 s, each ± 25 %. */
export function backoffMs(tries: number, chance: number): number {
  const base = Math.min(FIRST_BACKOFF_MS * 2 ** tries, LONGEST_BACKOFF_MS);
  return Math.round(base * (0.75 + chance / 2));
}
