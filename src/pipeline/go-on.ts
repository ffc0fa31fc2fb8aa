import { isUnbound } from '../domain/slot-rules.ts';
import { readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { keepHeld } from '../store/hold.ts';
import type { HoldRow } from '../store/hold.ts';
import { accountsInScope, AT_ONCE, dueAmong, keptAmong, keptAs, keptBack, shiftedAmong } from '../store/kept-back.ts';
import type { Kept } from '../store/kept-back.ts';
import { lockPosts, lockTimes } from '../store/post-times.ts';
import { beginShift, shiftBy } from '../store/shift.ts';
import { distancesOf } from './free-slot.ts';
import { overtake } from './overtake.ts';
import { queueUp } from './pace.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

/** How what a hold has kept back goes on. */

/**
 * Moves what an open hold keeps back by as long as it has lasted, account by account: nobody waits for more than a moment for
 * one of them, and nothing of it leaves before the hold is lifted. Nothing is done where it is lifted already.
 */
export async function shiftAll(tools: ScheduleTools, hold: HoldRow, actor: string): Promise<void> {
  const { database } = tools;
  const until = await beginShift(database, hold.id);
  if (until === null) return;
  for (const accountId of await accountsInScope(database, hold)) {
    const kept = await keptBack(database, hold, { accountId }, 'others-too');
    for (let from = 0; from < kept.length; from += AT_ONCE) {
      const ids = kept.slice(from, from + AT_ONCE);
      await database.transaction(async (sql) => {
        await keepHeld(sql, hold.id);
        await lockTimes(sql, [accountId]);
        await lockPosts(sql, ids);
        await shiftBy(sql, ids, hold, until, actor);
      });
    }
    await ringAlarms(tools, await database.transaction((sql) => settle(sql, tools, accountId, kept, hold, actor)));
  }
}

/**
 * What has waited takes its turn before what is still to come. A time that a hold has shifted is no longer what a person chose:
 * it keeps out of quiet hours, and apart from what stands there. Breaking news moves for nothing, and takes its time as if it
 * were scheduled now: what has its time there goes behind it.
 * @returns alarms of all that has its time in the end; what is due rings when the hold is lifted.
 */
async function settle(
  sql: Sql,
  tools: ScheduleTools,
  accountId: string,
  kept: readonly string[],
  hold: HoldRow,
  actor: string,
): Promise<Alarm[]> {
  await leaveInTurn(sql, tools, await dueByItself(sql, kept, hold), hold, actor);
  await lockTimes(sql, [accountId]);
  const shifted = await shiftedAmong(sql, hold.id, kept);
  const calm = shifted.filter(({ urgency }) => urgency !== 'breaking');
  const rules = await distancesOf(sql, accountId, tools.timeZone);
  const queued = calm.map(({ id, wake, wakeAt, staleAt }) => ({
    id,
    wake,
    from: wakeAt,
    wakeAt,
    staleAt,
    isApart: true,
  }));
  const how = { first: 'as-the-others', others: 'stay' } as const;
  const because = { actor, data: { hold: hold.id } };
  if (!isUnbound(rules)) await queueUp(sql, accountId, queued, rules, await readClock(sql), because, how);
  const behind: Alarm[] = [];
  for (const { id, urgency, wakeAt } of shifted.filter((post) => post.urgency === 'breaking'))
    behind.push(...(await overtake(sql, tools.timeZone, { id, accountId, urgency }, wakeAt, actor)));
  const moved = (await keptAs(sql, kept)).map(alarmOf);
  return [...new Map([...moved, ...behind].map((alarm) => [alarm.postId, alarm])).values()];
}

/** What another hold keeps back as well takes nobody's turn. */
async function dueByItself(sql: Sql, kept: readonly string[], hold: HoldRow): Promise<string[]> {
  const due = (await dueAmong(sql, kept)).map(({ id }) => id);
  const free: string[] = [];
  for (let from = 0; from < due.length; from += AT_ONCE)
    free.push(...(await keptAmong(sql, hold, due.slice(from, from + AT_ONCE), 'alone')));
  return free;
}

/**
 * Those of these posts that are due leave one after the other, never in a burst that their account's rules forbid.
 * @returns their alarms.
 */
export async function leaveInTurn(
  sql: Sql,
  tools: ScheduleTools,
  ids: readonly string[],
  hold: HoldRow,
  actor: string,
): Promise<Alarm[]> {
  // Nobody else chooses a time there until these have theirs.
  await lockTimes(sql, [...new Set((await dueAmong(sql, ids)).map(({ accountId }) => accountId))]);
  const byAccount = Map.groupBy(await dueAmong(sql, ids), ({ accountId }) => accountId);
  const now = await readClock(sql);
  const alarms: Alarm[] = [];
  for (const [accountId, posts] of byAccount) {
    const rules = await distancesOf(sql, accountId, tools.timeZone);
    const because = { actor, data: { hold: hold.id } };
    const own = isUnbound(rules)
      ? posts.map((post) => ({ ...alarmOf(post), at: now }))
      : await queueUp(sql, accountId, posts.map(asQueued), rules, now, because);
    alarms.push(...own);
  }
  return alarms;
}

const asQueued = ({ id, wake, dueAt, staleAt }: Kept): Pick<Kept, 'id' | 'wake' | 'dueAt' | 'staleAt'> => {
  return { id, wake, dueAt, staleAt };
};

function alarmOf({ id, network, wake, wakeAt, urgency }: Kept): Alarm {
  return { postId: id, network, wake, at: wakeAt, isFirst: urgency === 'breaking' };
}
