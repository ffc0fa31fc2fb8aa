import { Temporal } from 'temporal-polyfill';
import type { View } from './address.ts';

/** The days that a view shows, and how much of them is asked for. */
export interface Range {
  /** The first day, `2026-11-24`. */
  readonly from: string;
  readonly days: number;
  readonly by: 'day' | 'hour';
  /** Most posts that a stretch draws; the rest is a number, however many there are. */
  readonly most: number;
}

/** The days that a view shows around a date; weeks begin on Monday. */
export function rangeOf(view: View, date: string): Range {
  const middle = Temporal.PlainDate.from(date);
  if (view === 'day') return { from: date, days: 1, by: 'hour', most: 50 };
  if (view === 'week') return { from: monday(middle).toString(), days: 7, by: 'hour', most: 4 };
  if (view === 'agenda') return { from: date, days: 14, by: 'day', most: 50 };
  const first = middle.with({ day: 1 });
  const weeks = Math.ceil((first.dayOfWeek - 1 + middle.daysInMonth) / 7);
  return { from: monday(first).toString(), days: weeks * 7, by: 'day', most: 4 };
}

function monday(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

/** The same view, one step on or back. */
export function stepped(view: View, date: string, by: 1 | -1): string {
  const day = Temporal.PlainDate.from(date);
  const span = { day: { days: by }, week: { days: 7 * by }, agenda: { days: 14 * by }, month: { months: by } }[view];
  return day.add(span).toString();
}

export function dayAfter(date: string, days = 1): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}
