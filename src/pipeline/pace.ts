import { nextFreeSlots } from '../domain/slot.ts';
import type { SlotRules } from '../domain/slot-rules.ts';
import { getAccount } from '../store/account.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { latePosts, lockTimes, movePosts, takenTimes } from '../store/post-times.ts';
import type { LatePost } from '../store/post-times.ts';
import { rulesFor } from './free-slot.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

/** The caps look back a day of the account's calendar. */
const TAKEN_BEFORE_MS = 48 * 3_600_000;
const MOST_TAKEN = 20_000;

/**
 * After an outage an account's late posts do not leave in one burst: the oldest goes now, the others one after the other
 * by the account's gap and caps. What has to wait keeps out of quiet hours. The claim refuses them until this was done;
 * called by several at once, the first does it.
 */
export async function pace(tools: ScheduleTools, accountId: string): Promise<void> {
  const alarms = await tools.database.transaction(async (sql) => {
    await lockTimes(sql, [accountId]);
    const late = await latePosts(sql, accountId);
    if (late.length === 0) return [];
    const account = found(await getAccount(sql, accountId), 'account', accountId);
    const rules = { ...(await rulesFor(sql, account, tools.timeZone)), slots: [] };
    return apart(sql, accountId, late, rules, await readClock(sql), { actor: 'policy', data: { late: true } });
  });
  await ringAlarms(tools, alarms);
}

/**
 * Gives posts of one account their times, one after the other in their order, between what stands there already. What is
 * planned stays planned for when it was, and only goes out later. @returns what to ring.
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
  const since = new Date(now.getTime() - TAKEN_BEFORE_MS);
  const taken = await takenTimes(sql, accountId, since, { skip: 0, limit: MOST_TAKEN }, ids);
  const [first] = nextFreeSlots(now, { ...rules, quietHours: [] }, taken, 1);
  const isAtOnce = first?.getTime() === now.getTime();
  const times = isAtOnce
    ? [now, ...nextFreeSlots(now, rules, [...taken, now], ids.length - 1)]
    : nextFreeSlots(now, rules, taken, ids.length);
  const moves = times.map((at, index) => ({ id: ids[index] as string, at }));
  return (await movePosts(sql, moves, because, true)).map(({ postId, network, wake, at, urgency }) => {
    return { postId, network, wake, at, isFirst: urgency === 'breaking' };
  });
}
