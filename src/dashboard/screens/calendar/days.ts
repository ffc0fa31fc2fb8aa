import { Temporal } from 'temporal-polyfill';
import type { Post } from '../../api/types.ts';

export type View = 'day' | 'week' | 'month' | 'agenda';
export const views = ['day', 'week', 'month', 'agenda'] as const;

/** One day on the newsroom's clock. `start` and `end` are instants: a day of 23 or 25 hours is as long as it is. */
export interface Day {
  /** `2026-11-24` */
  readonly date: string;
  readonly start: number;
  readonly end: number;
  readonly isOutside: boolean;
}

/** The days that a view shows around a date; weeks begin on Monday. */
export function daysOf(view: View, date: string, zone: string): Day[] {
  const middle = Temporal.PlainDate.from(date);
  const first =
    view === 'day' || view === 'agenda'
      ? middle
      : view === 'week'
        ? middle.subtract({ days: middle.dayOfWeek - 1 })
        : monday(middle.with({ day: 1 }));
  const count = { day: 1, week: 7, agenda: 14, month: weeksIn(middle) * 7 }[view];
  return Array.from({ length: count }, (_, index) => {
    const day = first.add({ days: index });
    return {
      date: day.toString(),
      start: day.toZonedDateTime(zone).epochMilliseconds,
      end: day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
      isOutside: view === 'month' && day.month !== middle.month,
    };
  });
}

function monday(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.subtract({ days: day.dayOfWeek - 1 });
}

function weeksIn(middle: Temporal.PlainDate): number {
  const first = middle.with({ day: 1 });
  return Math.ceil((first.dayOfWeek - 1 + middle.daysInMonth) / 7);
}

/** The same view, one step on or back. */
export function stepped(view: View, date: string, by: 1 | -1): string {
  const day = Temporal.PlainDate.from(date);
  const span = { day: { days: by }, week: { days: 7 * by }, agenda: { days: 14 * by }, month: { months: by } }[view];
  return day.add(span).toString();
}

/** Posts of each day, in order of time. Finds the day by search, because asking a clock 10,000 times is slow. */
export function byDay(posts: readonly Post[], days: readonly Day[]): Post[][] {
  const lists: Post[][] = days.map(() => []);
  for (const post of posts) {
    const at = new Date(post.dueAt ?? 0).getTime();
    let low = 0;
    let high = days.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const day = days[middle] as Day;
      if (at < day.start) high = middle - 1;
      else if (at >= day.end) low = middle + 1;
      else {
        lists[middle]?.push(post);
        break;
      }
    }
  }
  return lists;
}
