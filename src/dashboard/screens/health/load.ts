import type { Outlook } from '../../api/types.ts';
import type { Mark, Series } from '../../parts/series.ts';
import { healthTexts as words } from '../../texts/health.ts';

type Row = Outlook['accounts'][number];

const HOUR_MS = 3_600_000;
const HOURS = 24;
const tones = ['blue', 'violet', 'amber', 'green', 'red'] as const;

/** Most posts that an account takes in an hour, by its limit and by the gap it keeps; null: any number. */
export function takesOf({ hourlyCap, minGapMs }: Pick<Row, 'hourlyCap' | 'minGapMs'>): number | null {
  const most = Math.min(hourlyCap ?? Infinity, minGapMs > 0 ? Math.ceil(HOUR_MS / minGapMs) : Infinity);
  return most === Infinity ? null : most;
}

/**
 * The accounts with most to send each in a colour of its own, the others in one, and what an hour of theirs takes.
 * Those without a limit stand above the others, whose capacity is the mark: there is none where no account has a limit.
 */
export function loadOf(rows: readonly Row[], nameOf: (accountId: string) => string): { series: Series[]; mark?: Mark } {
  const busy = rows.filter((row) => row.planned > 0).toSorted((one, other) => other.planned - one.planned);
  const mark = capacityOf(busy.length === 0 ? rows : busy);
  const isMany = busy.length > tones.length;
  const named = busy
    .slice(0, isMany ? tones.length - 1 : tones.length)
    .toSorted((one, other) => Number(takesOf(one) === null) - Number(takesOf(other) === null));
  const rest = busy.slice(named.length);
  const series = named.map((row, place): Series => ({
    name: words.takes(nameOf(row.accountId), takesOf(row)),
    tone: tones[place] ?? 'blue',
    values: row.hours,
  }));
  if (rest.length > 0) series.push({ name: words.otherAccounts(rest.length), tone: 'red', values: sumOf(rest) });
  if (series.length === 0) series.push({ name: words.scheduled, tone: 'blue', values: sumOf([]) });
  return { series, ...mark };
}

function capacityOf(rows: readonly Row[]): { mark?: Mark } {
  const limits = rows.map(takesOf).filter((most) => most !== null);
  if (limits.length === 0) return {};
  const at = limits.reduce((sum, most) => sum + most, 0);
  const without = rows.length - limits.length;
  return { mark: { at, name: words.capacity(at, without), column: words.capacityColumn(without) } };
}

function sumOf(rows: readonly Row[]): number[] {
  return Array.from({ length: HOURS }, (_, hour) => rows.reduce((sum, row) => sum + (row.hours[hour] ?? 0), 0));
}
