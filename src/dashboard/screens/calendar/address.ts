import type { PostState } from '../../../domain/post.ts';
import { isPostState } from '../../parts/is-post-state.ts';

export const views = ['day', 'week', 'month', 'agenda'] as const;
export type View = (typeof views)[number];

/** What the address says of the calendar: what is left out is today, in the view that the window is wide enough for. */
export interface CalendarSearch {
  readonly view?: View | undefined;
  /** `2026-11-24` */
  readonly date?: string | undefined;
  readonly account?: string | undefined;
  readonly section?: string | undefined;
  readonly state?: PostState | undefined;
  readonly author?: string | undefined;
}

/** What somebody typed into the address may be anything; what is not understood is left out. */
export function readCalendar(search: Record<string, unknown>): CalendarSearch {
  const { view, date, state } = search;
  const known = views.find((one) => one === view);
  const words = (['account', 'section', 'author'] as const).flatMap((name) => {
    const value = search[name];
    // A section that is called 2026 comes as a number.
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [];
  });
  return {
    ...(known === undefined ? {} : { view: known }),
    ...(typeof date === 'string' && isDate(date) ? { date } : {}),
    ...(isPostState(state) ? { state } : {}),
    ...Object.fromEntries(words),
  };
}

/** A day that there is, in the centuries that the API plans for. */
function isDate(text: string): boolean {
  if (!/^(19[7-9]\d|2\d{3})-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
