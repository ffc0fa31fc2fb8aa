import type { Post } from '../../api/types.ts';
import { Refusal } from '../../../domain/errors.ts';
import { OffClock } from '../../parts/clock-words.ts';
import { shortTime } from '../../shell/time.tsx';
import { may, mayPublish } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import type { Bar } from './check.ts';

/** Why a post stays where it is, whatever the time; null where it may be moved. */
export function fixedBecause(post: Post): string | null {
  if (may(post, 'schedule')) return null;
  const isOut = post.state === 'publishing' || post.state === 'published' || post.state === 'unknown';
  if (!isOut && !mayPublish()) return texts.roles.edits;
  return isOut ? calendarTexts.left : calendarTexts.fixed(texts.states[post.state]);
}

/** What speaks against a time, in words. */
export function barredBecause(bar: Bar, accountName: string, zone: string, now: Date): string {
  const [from, to] = [bar.from, bar.to].map((at) => shortTime(at, zone, now)) as [string, string];
  return calendarTexts.barred[bar.by]({ account: accountName, from, to });
}

/** The same where nothing is asked for that could be given again: how to go on. */
export function refusedBecause(error: unknown): string {
  const why = offClock(error);
  return error instanceof OffClock ? `${why} ${calendarTexts.choose}` : why;
}

/** The sentence of a refusal of the clock. @throws what is none. */
export function offClock(error: unknown): string {
  if (error instanceof OffClock || error instanceof Refusal) return error.message;
  throw error;
}
