import { Temporal } from 'temporal-polyfill';
import type { Calendar, Post, Stretch } from '../../api/types.ts';
import type { View } from './address.ts';
import type { Range } from './days.ts';
import { dayAfter } from './days.ts';

/** One field of the grid: a day, or an hour of a day on the newsroom's clock. */
export interface Cell {
  /** `2026-11-24`, or `2026-11-24-14`. */
  readonly key: string;
  readonly date: string;
  /** Null where it is a whole day. */
  readonly hour: number | null;
  /** Instants. The same where the clock skips this hour; two hours apart where it shows it twice. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** The first of them. */
  readonly posts: readonly Post[];
  /** Of the month before or after the one that is shown. */
  readonly isOutside: boolean;
}

/** Rows of the grid: weeks of seven days, or the 24 hours of the clock, each of every day. For the agenda one row of days. */
export function rowsOf(view: View, date: string, range: Range, calendar: Calendar, zone: string): Cell[][] {
  const dates = Array.from({ length: range.days }, (_, day) => dayAfter(range.from, day));
  if (range.by === 'hour') return hourRows(dates, calendar.stretches, zone);
  const days = dates.map((day, at): Cell => {
    const isOutside = view === 'month' && day.slice(0, 7) !== date.slice(0, 7);
    return { ...joined([calendar.stretches[at] as Stretch]), key: day, date: day, hour: null, isOutside };
  });
  if (view === 'agenda') return [days];
  return Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

function hourRows(dates: readonly string[], stretches: readonly Stretch[], zone: string): Cell[][] {
  const byDay: Stretch[][][] = dates.map(() => Array.from({ length: 24 }, () => []));
  let day = 0;
  let before = -1;
  for (const stretch of stretches) {
    const { hour } = Temporal.Instant.from(stretch.from).toZonedDateTimeISO(zone);
    if (hour < before) day += 1;
    before = hour;
    byDay[day]?.[hour]?.push(stretch);
  }
  return Array.from({ length: 24 }, (_, hour) =>
    dates.map((date, at): Cell => {
      const own = byDay[at]?.[hour] ?? [];
      const base = own.length > 0 ? joined(own) : skipped(byDay[at] ?? [], hour);
      return { ...base, key: keyOf(date, hour), date, hour, isOutside: false };
    }),
  );
}

export function keyOf(date: string, hour: number | null): string {
  return hour === null ? date : `${date}-${String(hour).padStart(2, '0')}`;
}

type Content = Pick<Cell, 'from' | 'to' | 'count' | 'posts'>;

function joined(stretches: readonly Stretch[]): Content {
  return {
    from: Date.parse(stretches[0]?.from ?? ''),
    to: Date.parse(stretches.at(-1)?.to ?? ''),
    count: stretches.reduce((sum, { count }) => sum + count, 0),
    posts: stretches.flatMap(({ posts }) => posts),
  };
}

/** An hour that the clock does not show: no time at all, where it goes forward. */
function skipped(hours: readonly (readonly Stretch[])[], hour: number): Content {
  const next = hours.slice(hour).flat()[0] ?? hours.flat().at(-1);
  const at = Date.parse(next?.from ?? '');
  return { from: at, to: at, count: 0, posts: [] };
}

/** The field that holds an instant, by search through fields in the order of time. */
export function cellAt(cells: readonly Cell[], at: number): Cell | undefined {
  let [low, high] = [0, cells.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const cell = cells[middle] as Cell;
    if (at < cell.from) high = middle - 1;
    else if (at >= cell.to) low = middle + 1;
    else return cell;
  }
  return undefined;
}

/** All fields of a grid in the order of time. */
export function inTime(rows: readonly (readonly Cell[])[]): Cell[] {
  return rows.flat().sort((one, other) => one.from - other.from || one.to - other.to);
}
