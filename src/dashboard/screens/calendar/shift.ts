import { queryClient } from '../../api/query-client.ts';
import { present } from '../../api/server-clock.ts';
import type { Calendar, Post } from '../../api/types.ts';
import { done, noteUnderWay } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import { barOf, slotBeside, timesOf } from './check.ts';
import { place } from './place.ts';
import { barredBecause, fixedBecause } from './say.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let line: Promise<unknown> = Promise.resolve();

interface Around {
  readonly queryKey: readonly unknown[];
  readonly zone: string;
  readonly nameOf: (post: Post) => string;
}

/**
 * A post to the free slot before or after its time; by five minutes where its account has no slots. A second press goes on
 * from where the first one has put it.
 */
export function shift(id: string, by: 1 | -1, around: Around): Promise<unknown> {
  line = noteUnderWay(line.then(() => run(texts.verbs.move, () => shiftNow(id, by, around))));
  return line;
}

async function shiftNow(id: string, by: 1 | -1, { queryKey, zone, nameOf }: Around): Promise<void> {
  const calendar = queryClient.getQueryData<Calendar>(queryKey);
  const post = calendar?.stretches.flatMap(({ posts }) => posts).find((one) => one.id === id);
  if (post === undefined || post.dueAt === null) return;
  const fixed = fixedBecause(post);
  if (fixed !== null) return done(fixed);
  const due = Date.parse(post.dueAt);
  const [from, to] = [due - DAY_MS, due + 14 * DAY_MS].map((at) => new Date(at).toISOString()) as [string, string];
  const times = await timesOf([post], from, to);
  const own = times.get(id);
  if (own === undefined) return;
  const at = own.slots.length === 0 ? due + by * 5 * MINUTE_MS : slotBeside(due, by, own);
  if (at === undefined) return done(calendarTexts.noSlot);
  const bar = barOf([{ post, at }], times);
  if (bar !== null) {
    const why = barredBecause(bar, nameOf(post), zone, present());
    return done(`${why} ${calendarTexts.override}`);
  }
  await place([{ post, at }], queryKey);
}
