import { inTurn } from '../domain/late-queue.ts';
import type { SlotRules } from '../domain/slot-rules.ts';
import { lookUnder } from '../domain/slot.ts';
import { soonOf } from '../domain/soon.ts';
import { readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { movePosts, sinceRead } from '../store/move-posts.ts';
import { latePosts, lockPosts, lockTimes, standingTimes, waitingPosts } from '../store/post-times.ts';
import type { LatePost } from '../store/post-times.ts';
import { distancesOf, neededSince } from './free-slot.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

/**
 * A post that is late by less is where it was planned to be: it leaves as quiet hours begin, and may go between its neighbours
 * where all else loses it. One that is later keeps the rules of its account, and is worthless before it breaks them.
 */
const MOMENT_MS = 60_000;
/** Of a chain that has no end, so many move now; the next of them asks again when its turn has come. */
const MOST_SHIFTED = 2_000;
/** A statement that moves more may take longer than one may. */
const MOST_AT_ONCE = 1_000;

/**
 * After an outage, a server's trouble or an embargo an account's late posts do not leave in one burst: the oldest goes as soon
 * as the account's rules allow it, the others one after the other by its gap and caps, and what is planned too soon after
 * them moves behind by as little as that needs. What has to wait keeps out of quiet hours. What a person had put nearer to what
 * was out than the rules allow goes at once where it is late by no more than a moment, as it would have in time. The claim
 * refuses them until this was done; called by several at once, the first does it.
 */
export async function pace(tools: ScheduleTools, accountId: string): Promise<void> {
  const alarms = await tools.database.transaction(async (sql) => {
    await lockTimes(sql, [accountId]);
    const late = await latePosts(sql, accountId);
    if (!late.some(({ isLate }) => isLate)) return [];
    const rules = await distancesOf(sql, accountId, tools.timeZone);
    const now = await readClock(sql);
    const because = { actor: 'policy', data: { late: true } };
    const told = await toldToGo(sql, accountId, late, rules, now);
    const atOnce = told.map(({ id, wake }) => ({ id, wake, at: now }));
    const alarms = atOnce.length === 0 ? [] : await moved(sql, atOnce, because);
    const others = late.filter((post) => !told.includes(post));
    return others.some(({ isLate }) => isLate)
      ? [...alarms, ...(await queueUp(sql, accountId, others, rules, now, because))]
      : alarms;
  });
  await ringAlarms(tools, alarms);
}

/** Those whose time a person chose against gap or caps, by what was out then; nobody has told their account to wait since. */
async function toldToGo(
  sql: Sql,
  accountId: string,
  late: readonly LatePost[],
  rules: SlotRules,
  now: Date,
): Promise<LatePost[]> {
  const hadTheirTime = late.filter(({ isLate, isApart, isLimited, wakeAt, dueAt }) => {
    return isLate && !isLimited && (isApart || wakeAt <= dueAt) && now.getTime() - dueAt.getTime() < MOMENT_MS;
  });
  if (hadTheirTime.length === 0) return [];
  const stands = await standingTimes(sql, accountId, neededSince(now, rules), new Set(late.map(({ id }) => id)));
  const busy = stands.map((at) => at.getTime()).sort((one, other) => one - other);
  const look = lookUnder({ ...rules, quietHours: [] });
  return hadTheirTime.filter(({ dueAt }) => {
    const due = dueAt.getTime();
    const before = busy.filter((at) => at <= due);
    return look.firstFrom(due, before) !== due;
  });
}

/** A post that is given its time; one that says nothing else can go now. */
type Queued = Pick<LatePost, 'id' | 'wake'> & Partial<Omit<LatePost, 'id' | 'wake'>>;

interface QueueHow {
  /** Whether the first goes also in quiet hours that began a moment ago. */
  readonly first?: 'at-once' | 'as-the-others';
  /** Whether the others move at all as long as none of these is lost by it. */
  readonly others?: 'move' | 'stay';
}

/**
 * Gives posts of one account their times, in their order; what is planned too soon after them moves behind.
 * @returns what to ring.
 */
export async function queueUp(
  sql: Sql,
  accountId: string,
  posts: readonly Queued[],
  rules: SlotRules,
  now: Date,
  because: Parameters<typeof movePosts>[2],
  { first = 'at-once', others = 'move' }: QueueHow = {},
): Promise<Alarm[]> {
  const ids = new Set(posts.map(({ id }) => id));
  const isQuiet = quietUnder(rules);
  const ahead = (await waitingPosts(sql, accountId, now)).filter(({ id }) => !ids.has(id));
  const waiting = ahead
    .filter(({ urgency }) => urgency !== 'breaking')
    .map((post) => ({ ...post, isLoud: isQuiet(post.at) }));
  const late = posts.map(({ id, from = now, staleAt = null, dueAt }) => {
    return { id, from, staleAt, isLoud: dueAt !== undefined && isQuiet(dueAt) };
  });
  const stands = await standingTimes(sql, accountId, neededSince(now, rules), ids);
  const news = ahead.filter(({ urgency }) => urgency === 'breaking').map(({ at }) => at);
  const queue = { late, waiting, taken: [...stands, ...news] };
  const by = {
    rules,
    now,
    isFirstAtOnce: first === 'at-once' && isNearlyInTime(posts.slice(0, 1), now),
    mayGoBetween: isNearlyInTime(posts, now),
  };
  const staying = { ...queue, waiting: [], taken: [...queue.taken, ...waiting.map(({ at }) => at)] };
  const calm = others === 'stay' ? inTurn(staying, by) : [];
  const worth = new Map(late.map(({ id, staleAt }) => [id, staleAt?.getTime() ?? Infinity]));
  const isWell = calm.length > 0 && calm.every(({ id, at }) => at.getTime() < (worth.get(id) ?? Infinity));
  const moves = isWell ? calm : inTurn(queue, by);
  const known = new Map(posts.map((post) => [post.id, post]));
  const own = moves.filter(({ id, at }) => ids.has(id) && !isThere(known.get(id), at));
  const { looked, unlooked } = soonOf(
    moves.filter(({ id }) => !ids.has(id)),
    waiting,
    MOST_SHIFTED,
  );
  await lockPosts(
    sql,
    [...own, ...looked, ...unlooked].map(({ id }) => id),
  );
  const behind = { actor: because.actor, data: { behind: posts[0]?.id } };
  const read = [...posts, ...waiting];
  return [
    ...(await moved(sql, sinceRead(looked, read), behind)),
    ...(await moved(sql, sinceRead(unlooked, read), behind, 'unlooked')),
    ...(await moved(sql, sinceRead(own, read), because)),
  ];
}

/** The first is late, and it and the others that are have just missed their time. */
function isNearlyInTime(posts: readonly Queued[], now: Date): boolean {
  const isIn = ({ dueAt }: Queued): boolean => dueAt !== undefined && now.getTime() - dueAt.getTime() < MOMENT_MS;
  return posts[0]?.isLate !== false && posts.filter(({ isLate = true }) => isLate).every(isIn);
}

/** Nothing is written where a post keeps the time that it was given before. */
function isThere(post: Queued | undefined, at: Date): boolean {
  return post?.isApart === true && post.wakeAt?.getTime() === at.getTime();
}

/** What was planned for quiet hours, by a person who saw them, keeps out of none. */
function quietUnder(rules: SlotRules): (at: Date) => boolean {
  if (rules.quietHours.length === 0) return () => false;
  const look = lookUnder({ ...rules, minGapMs: 0, hourlyCap: null, dailyCap: null });
  return (at) => look.firstFrom(at.getTime(), []) !== at.getTime();
}

/** What is planned stays planned for when it was, and only goes out later. */
async function moved(
  sql: Sql,
  moves: Parameters<typeof movePosts>[1],
  because: Parameters<typeof movePosts>[2],
  how: 'looked' | 'unlooked' = 'looked',
): Promise<Alarm[]> {
  const alarms: Alarm[] = [];
  for (let from = 0; from < moves.length; from += MOST_AT_ONCE) {
    const some = moves.slice(from, from + MOST_AT_ONCE);
    const rows = await movePosts(sql, some, because, { keepDue: true, isLooked: how === 'looked' });
    for (const { urgency, ...alarm } of rows) alarms.push({ ...alarm, isFirst: urgency === 'breaking' });
  }
  return alarms;
}
