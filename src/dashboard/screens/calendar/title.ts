import { dayOf, monthOf } from '../../shell/clock.ts';
import type { View } from './address.ts';
import { dayAfter } from './days.ts';
import type { Range } from './days.ts';

/** What is shown, in words: `November 2026`, `Mon 23 Nov – Sun 29 Nov`. */
export function titleOf(view: View, date: string, { from, days }: Range): string {
  const noon = (day: string): Date => new Date(`${day}T12:00Z`);
  if (view === 'month') return monthOf(noon(date), 'UTC');
  const first = dayOf(noon(from), 'UTC');
  return days === 1 ? first : `${first} – ${dayOf(noon(dayAfter(from, days - 1)), 'UTC')}`;
}
