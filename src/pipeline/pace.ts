import { nextFreeSlots } from '../domain/slot.ts';
import type { SlotRules } from '../domain/slot-rules.ts';
import { shiftedBehind } from '../domain/urgency.ts';
import { getAccount } from '../store/account.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { latePosts, lockPosts, lockTimes, movePosts, takenTimes, waitingPosts } from '../store/post-times.ts';
import type { LatePost } from '../store/post-times.ts';
import { rulesFor } from './free-slot.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

/** The caps look back a day of the account's calendar. */
const TAKEN_BEFORE_MS = 48 * 3_600_000;
const MOST_TAKEN = 20_000;
/** For one post that is late, no more than these go later. */
const MOST_SHIFTED = 200;

/**
 * After an outage, a server's trouble or an embargo an account's late posts do not leave in one burst: the oldest goes now,
 * the others one after the other by the account's gap and caps, and with them those that were late before. What has to wait
 * keeps out of quiet hours, and what is planned too soon after the oldest moves behind it. The claim refuses them until this
 * was done; called by several at once, the first does it.
 */
export async function pace(tools: ScheduleTools, accountId: string): Promise<void> {
  const alarms = await tools.database.transaction(async (sql) => {
    await lockTimes(sql, [accountId]);
    const late = await inOneQueue(sql, accountId);
    const [oldest] = late;
    if (oldest === undefined) return [];
    const account = found(await getAccount(sql, accountId), 'account', accountId);
    const rules = { ...(await rulesFor(sql, account, tools.timeZone)), slots: [] };
    const now = await readClock(sql);
    const ids = late.map(({ id }) => id);
    const behind = await makingRoom(sql, accountId, ids, rules, oldest.from > now ? oldest.from : now);
    if (behind.length > 0) await lockPosts(sql, [...ids, ...behind.map(({ id }) => id)]);
    return [
      ...(await moved(sql, behind, { actor: 'policy', data: { behind: oldest.id } })),
      ...(await apart(sql, accountId, late, rules, now, { actor: 'policy', data: { late: true } })),
    ];
  });
  await ringAlarms(tools, alarms);
}

/** The late ones in their order, with those that wait in it already, unless these are a great many: then they keep their times. */
async function inOneQueue(sql: Sql, accountId: string): Promise<LatePost[]> {
  const posts = await latePosts(sql, accountId);
  if (!posts.some(({ isLate }) => isLate)) return [];
  const waiting = posts.filter(({ isLate, isApart }) => isApart && !isLate);
  return waiting.length > MOST_SHIFTED ? posts.filter((post) => !waiting.includes(post)) : posts;
}

/**
 * What moves so that a post may go now: where posts stand as close as they may, one that woke seconds late would find no
 * place before the end of the run. Nothing moves where a post cannot go for all that stays, where one that moves would be
 * stale there or over a cap, or where that were a great many.
 */
async function makingRoom(
  sql: Sql,
  accountId: string,
  late: readonly string[],
  rules: SlotRules,
  now: Date,
): Promise<{ id: string; at: Date }[]> {
  const waiting = (await waitingPosts(sql, accountId, now)).filter(({ id }) => !late.includes(id));
  // Caps move nothing for a post that is only late: where they are in the way, it waits itself.
  const moves = shiftedBehind(now, waiting, { ...rules, hourlyCap: null, dailyCap: null });
  if (moves.length === 0 || moves.length > MOST_SHIFTED) return [];
  const staleAt = new Map(waiting.map((post) => [post.id, post.staleAt?.getTime() ?? Infinity]));
  const stay = await takenAround(sql, accountId, now, [...late, ...moves.map(({ id }) => id)]);
  const fits = (at: Date, others: readonly Date[], by: Partial<SlotRules> = {}): boolean =>
    nextFreeSlots(at, { ...rules, quietHours: [], ...by }, others, 1, at.getTime() + 1).length === 1;
  const isWell = moves.every(({ id, at }) => {
    const others = moves.filter((one) => one.id !== id).map((one) => one.at);
    return at.getTime() < (staleAt.get(id) ?? 0) && fits(at, [now, ...stay, ...others], { minGapMs: 0 });
  });
  return isWell && fits(now, [...stay, ...moves.map(({ at }) => at)]) ? moves : [];
}

/**
 * Gives posts of one account their times, one after the other in their order, between what stands there already.
 * @param first whether the first goes also in quiet hours.
 * @returns what to ring.
 */
export async function apart(
  sql: Sql,
  accountId: string,
  posts: readonly Queued[],
  rules: SlotRules,
  now: Date,
  because: Parameters<typeof movePosts>[2],
  first: First = 'at-once',
): Promise<Alarm[]> {
  const ids = posts.map((post) => post.id);
  const taken = await takenAround(sql, accountId, now, ids);
  const times = timesOf(posts, rules, now, taken, first);
  const moves = times.map((at, index) => ({ post: posts[index] as Queued, at }));
  return moved(
    sql,
    moves.filter(({ post, at }) => !isThere(post, at)).map(({ post, at }) => ({ id: post.id, at })),
    because,
  );
}

type First = 'at-once' | 'as-the-others';

/** A post that is given its time by `apart`; one that says nothing else can go now. */
type Queued = Pick<LatePost, 'id'> & Partial<Omit<LatePost, 'id'>>;

/** Nothing is written where a post keeps the time that it was given before. */
function isThere({ isApart = false, wakeAt }: Queued, at: Date): boolean {
  return isApart && wakeAt?.getTime() === at.getTime();
}

/** Their times in their order, each when it can go or later. */
function timesOf(
  posts: readonly Queued[],
  rules: SlotRules,
  now: Date,
  taken: readonly Date[],
  firstGoes: First,
): Date[] {
  const canGo = posts.map(({ from }) => from?.getTime() ?? 0);
  const times: Date[] = [];
  let from = now.getTime();
  while (times.length < posts.length) {
    from = Math.max(from, canGo[times.length] ?? 0, times.at(-1)?.getTime() ?? 0);
    const next = canGo.slice(times.length);
    const later = next.findIndex((at) => at > from);
    const count = later === -1 ? next.length : later;
    const isFirst = times.length === 0 && firstGoes === 'at-once';
    const [first] = isFirst ? nextFreeSlots(new Date(from), { ...rules, quietHours: [] }, taken, 1, from + 1) : [];
    if (first !== undefined) times.push(first);
    const others = nextFreeSlots(new Date(from), rules, [...taken, ...times], first === undefined ? count : count - 1);
    if (others.length === 0 && first === undefined) break;
    times.push(...others);
  }
  return times;
}

function takenAround(sql: Sql, accountId: string, now: Date, without: readonly string[]): Promise<Date[]> {
  const since = new Date(now.getTime() - TAKEN_BEFORE_MS);
  return takenTimes(sql, accountId, since, { skip: 0, limit: MOST_TAKEN }, without);
}

/** What is planned stays planned for when it was, and only goes out later. */
async function moved(
  sql: Sql,
  moves: Parameters<typeof movePosts>[1],
  because: Parameters<typeof movePosts>[2],
): Promise<Alarm[]> {
  if (moves.length === 0) return [];
  return (await movePosts(sql, moves, because, true)).map(({ postId, network, wake, at, urgency }) => {
    return { postId, network, wake, at, isFirst: urgency === 'breaking' };
  });
}
