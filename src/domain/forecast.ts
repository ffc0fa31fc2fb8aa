/** How fast an account may post. */
export interface Pace {
  /** Most posts in any 60 minutes; null: any number. */
  readonly hourlyCap: number | null;
  readonly minGapMs: number;
}

export interface Forecast {
  readonly planned: number;
  /** When the last of them goes out; null where none is planned. */
  readonly lastAt: number | null;
  /** The most that one of them is late because of the pace. */
  readonly worstMs: number;
}

const HOUR_MS = 3_600_000;

/**
 * When planned posts go out if each waits until the account's pace lets it.
 * @param due when they are planned. @param sent when posts went out before; those of the last hour take up room.
 * @param now nothing goes out earlier: what is overdue is late already.
 */
export function forecastOf(
  due: readonly number[],
  sent: readonly number[],
  { hourlyCap, minGapMs }: Pace,
  now = 0,
): Forecast {
  const out = sent.toSorted((a, b) => a - b);
  let worstMs = 0;
  for (const planned of due.toSorted((a, b) => a - b)) {
    const before = out.at(-1);
    const full = hourlyCap === null ? undefined : out.at(-hourlyCap);
    const isFull = hourlyCap !== null && out.length >= hourlyCap;
    const at = Math.max(
      planned,
      now,
      before === undefined ? 0 : before + minGapMs,
      isFull && full !== undefined ? full + HOUR_MS : 0,
    );
    out.push(at);
    worstMs = Math.max(worstMs, at - planned);
  }
  return { planned: due.length, lastAt: due.length === 0 ? null : (out.at(-1) ?? null), worstMs };
}
