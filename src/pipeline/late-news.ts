import { readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import type { Claim } from '../store/claim.ts';
import { lockTimes } from '../store/post-times.ts';
import { overtake, overtakeAgain } from './overtake.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';
import type { Tools } from './tools.ts';

/** Breaking news that goes later than it was to. */

type LateTools = ScheduleTools & Pick<Tools, 'log'>;

/** Rings for posts that come back, and moves what collides with those of them that are breaking news. */
export async function ringAgain(tools: LateTools, alarms: readonly Alarm[]): Promise<void> {
  const behind: Alarm[] = [];
  for (const { postId } of alarms.filter(({ isFirst }) => isFirst))
    behind.push(...(await moved(tools, postId, (sql) => overtakeAgain(sql, tools.timeZone, postId, 'policy'))));
  await ringAlarms(tools, [...alarms, ...behind]);
}

/**
 * What nobody could foresee the end of, an account that was told to wait, a hold, a queue behind its time, ends with news that
 * goes at once: it is on its way while what collides with it moves behind. It waits for that no moment, nor fails with it.
 */
export async function moveBehindLate(tools: LateTools, claim: Claim): Promise<void> {
  if (!claim.isLateNews) return;
  const { postId, accountId } = claim;
  const alarms = await moved(tools, postId, async (sql) => {
    await lockTimes(sql, [accountId]);
    const news = { id: postId, accountId, urgency: 'breaking' } as const;
    return overtake(sql, tools.timeZone, news, await readClock(sql), 'policy');
  });
  await ringAlarms(tools, alarms);
}

/** What moves for it must not keep the news itself back. */
async function moved(tools: LateTools, postId: string, work: (sql: Sql) => Promise<Alarm[]>): Promise<Alarm[]> {
  try {
    return await tools.database.transaction(work);
  } catch (error) {
    tools.log.warn({ err: error, postId }, 'what collides with late news could not be moved behind it');
    return [];
  }
}
