/** Where a post moves. */
export interface Move {
  readonly id: string;
  readonly at: Date;
}

/**
 * Of posts that move one behind the other without an end, the first `most` are written with their times. The next one is
 * written as not looked at, with whatever would pass it by: the claim refuses it when it wakes, and it asks the account's
 * pace then. What comes after it stays where it is until then.
 * @param moves in order of their new times.
 * @param before where they stand.
 */
export function soonOf(
  moves: readonly Move[],
  before: readonly Move[],
  most: number,
): { looked: readonly Move[]; unlooked: readonly Move[] } {
  const next = moves[most];
  if (next === undefined) return { looked: moves, unlooked: [] };
  const from = new Map(before.map(({ id, at }) => [id, at]));
  const passing = moves.slice(most).filter(({ id }) => (from.get(id) ?? next.at) <= next.at);
  return { looked: moves.slice(0, most), unlooked: passing };
}
