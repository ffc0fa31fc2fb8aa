import { nextFreeSlot, nextFreeSlots } from '../domain/slot.ts';
import type { SlotRules } from '../domain/slot-rules.ts';
import { shiftedBehind } from '../domain/urgency.ts';
import { getAccount } from '../store/account.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { latePosts, lockTimes, movePosts, takenTimes, waitingPosts } from '../store/post-times.ts';
import type { LatePost } from '../store/post-times.ts';
import { rulesFor } from './free-slot.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

/** The caps look back a day of the account's calendar. */
const TAKEN_BEFORE_MS = 48 * 3_600_000;
const MOST_TAKEN = 20_000;

/**
 * After an outage an account's late posts do not leave in one burst: the oldest goes now, the others one after the other
 * by the account's gap and caps. What has to wait keeps out of quiet hours, and what is planned too soon after the oldest
 * moves behind it. The claim refuses them until this was done; called by several at once, the first does it.
 */
export async function pace(tools: ScheduleTools, accountId: string): Promise<void> {
  const alarms = await tools.database.transaction(async (sql) => {
    await lockTimes(sql, [accountId]);
    const late = await latePosts(sql, accountId);
    const [oldest] = late;
    if (oldest === undefined) return [];
    const account = found(await getAccount(sql, accountId), 'account', accountId);
    const rules = { ...(await rulesFor(sql, account, tools.timeZone)), slots: [] };
    const now = await readClock(sql);
    const ids = late.map(({ id }) => id);
    const mayGo = leavesRoom(now, rules, await takenAround(sql, accountId, now, ids));
    const behind = mayGo ? shiftedBehind(now, await waitingPosts(sql, accountId, now), rules) : [];
    return [
      ...(await moved(sql, behind, { actor: 'policy', data: { behind: oldest.id } })),
      ...(await apart(sql, accountId, late, rules, now, { actor: 'policy', data: { late: true } })),
    ];
  });
  await ringAlarms(tools, alarms);
}

/**
 * Whether a post may go now for all that is out, and by the caps for what is planned too. The gap to what is planned does
 * not count: where posts stand as close as they may, one that woke seconds late would find no place before the end of the run.
 */
function leavesRoom(now: Date, rules: SlotRules, taken: readonly Date[]): boolean {
  const isFree = (by: Partial<SlotRules>, times: readonly Date[]): boolean =>
    nextFreeSlot(now, { ...rules, quietHours: [], ...by }, times)?.getTime() === now.getTime();
  const out = taken.filter((at) => at <= now);
  return isFree({}, out) && isFree({ minGapMs: 0 }, taken);
}

/**
 * Gives posts of one account their times, one after the other in their order, between what stands there already.
 * @returns what to ring.
 */
export async function apart(
  sql: Sql,
  accountId: string,
  posts: readonly Pick<LatePost, 'id'>[],
  rules: SlotRules,
  now: Date,
  because: Parameters<typeof movePosts>[2],
): Promise<Alarm[]> {
  const ids = posts.map((post) => post.id);
  const taken = await takenAround(sql, accountId, now, ids);
  const [first] = nextFreeSlots(now, { ...rules, quietHours: [] }, taken, 1);
  const isAtOnce = first?.getTime() === now.getTime();
  const times = isAtOnce
    ? [now, ...nextFreeSlots(now, rules, [...taken, now], ids.length - 1)]
    : nextFreeSlots(now, rules, taken, ids.length);
  return moved(
    sql,
    times.map((at, index) => ({ id: ids[index] as string, at })),
    because,
  );
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
