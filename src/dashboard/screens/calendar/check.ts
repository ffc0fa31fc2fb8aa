import { readClock } from '../../../domain/wall-time.ts';
import { postTimesQuery } from '../../api/slots.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Post, PostTimes } from '../../api/types.ts';
import type { Landing } from './landing.ts';

/** A day, and the instant at which it ends. */
export interface OpenDay {
  /** `2026-11-24` */
  readonly date: string;
  readonly to: number;
}

export interface Bar {
  readonly post: Post;
  readonly by: PostTimes['barred'][number]['by'];
  readonly from: Date;
  readonly to: Date;
}

export type TimesOf = ReadonlyMap<string, PostTimes>;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Posts may land beside what is shown; with a month of six weeks this is as far as the API answers at once. */
const BESIDE_MS = 9 * DAY_MS;
/** As many as the API takes out of the way at once. */
const MOST_WITHOUT = 50;
/** What was asked for as short a time ago as a drag lasts still holds. */
const FRESH_MS = 5_000;
const STEP_MS = 5 * MINUTE_MS;

/** Asks where posts may go that are moved together, around a stretch of time. */
export async function timesOf(posts: readonly Post[], from: string, to: string): Promise<TimesOf> {
  const first = new Date(Date.parse(from) - BESIDE_MS).toISOString();
  const last = new Date(Date.parse(to) + BESIDE_MS).toISOString();
  const all = await Promise.all(
    posts.map(async ({ id }) => {
      const others = posts.flatMap((one) => (one.id === id ? [] : one.id)).slice(0, MOST_WITHOUT);
      const times = await queryClient.fetchQuery({ ...postTimesQuery(id, first, last, others), staleTime: FRESH_MS });
      return [id, times] as const;
    }),
  );
  return new Map(all);
}

/** What speaks first against a landing; null where nothing does, or nobody has said. */
export function barOf(landings: readonly Landing[], times: TimesOf): Bar | null {
  for (const { post, at } of landings) {
    const bar = barAt(times.get(post.id), at);
    if (bar !== undefined) return { post, by: bar.by, from: new Date(bar.from), to: new Date(bar.to) };
  }
  return null;
}

function barAt(times: PostTimes | undefined, at: number): PostTimes['barred'][number] | undefined {
  return times?.barred.find(({ from, to }) => at >= Date.parse(from) && at < Date.parse(to));
}

/** The first free slot of a day; null where it has none. */
export function freeSlotOn({ date, to }: OpenDay, times: PostTimes, zone: string): number | null {
  const from = clockOn(date, 0, zone);
  const slot = times.slots
    .flatMap(({ at, taken }) => (taken ? [] : Date.parse(at)))
    .find((at) => at >= from && at < to && barAt(times, at) === undefined);
  return slot ?? null;
}

/** The first time of a day from an hour on against which nothing speaks, to five minutes. */
export function freeFrom(hour: number, { date, to }: OpenDay, times: PostTimes, zone: string): number | null {
  for (let at = clockOn(date, hour, zone); at < to; at += STEP_MS) if (barAt(times, at) === undefined) return at;
  return null;
}

function clockOn(date: string, hour: number, zone: string): number {
  const wall = `${date}T${String(hour).padStart(2, '0')}:00`;
  return (readClock(wall, zone).instants.at(-1) as Date).getTime();
}

/** The nearest free slot before or after an instant; undefined where there is none. */
export function slotBeside(at: number, by: 1 | -1, times: PostTimes): number | undefined {
  const free = times.slots.flatMap((slot) => (slot.taken ? [] : Date.parse(slot.at)));
  const open = free.filter((slot) => (by > 0 ? slot > at : slot < at) && barAt(times, slot) === undefined);
  return by > 0 ? open[0] : open.at(-1);
}
