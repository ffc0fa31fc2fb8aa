/**
 * The earliest instant from `now` at which an account may post, keeping `minGapMs` to every post it has scheduled.
 * Pure: time and what is taken come in.
 * @param taken instants of the account's scheduled posts, in any order.
 */
export function nextFreeSlot(now: Date, taken: readonly Date[], minGapMs: number): Date {
  let candidate = now.getTime();
  for (const at of taken.map((date) => date.getTime()).sort((a, b) => a - b)) {
    if (at <= candidate - minGapMs) continue;
    if (at >= candidate + minGapMs) break;
    candidate = at + minGapMs;
  }
  return new Date(candidate);
}
