import { readClock } from '../store/database.ts';
import type { Claim } from '../store/claim.ts';
import { lockTimes } from '../store/post-times.ts';
import { overtake, overtakeAgain } from './overtake.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';
import type { Tools } from './tools.ts';

/** Breaking news that goes later than it was to. */

/** Rings for posts that come back, and moves what collides with those of them that are breaking news. */
export async function ringAgain(tools: ScheduleTools, alarms: readonly Alarm[]): Promise<void> {
  const behind: Alarm[] = [];
  for (const { postId } of alarms.filter(({ isFirst }) => isFirst)) {
    behind.push(...(await tools.database.transaction((sql) => overtakeAgain(sql, tools.timeZone, postId, 'policy'))));
  }
  await ringAlarms(tools, [...alarms, ...behind]);
}

/**
 * What nobody could foresee the end of, an account that was told to wait, a hold, a queue behind its time, ends with news that
 * goes at once: it is on its way while what collides with it moves behind. It waits for that no moment, nor fails with it.
 */
export async function moveBehindLate(tools: ScheduleTools & Pick<Tools, 'log'>, claim: Claim): Promise<void> {
  if (!claim.isLateNews) return;
  const { postId, accountId } = claim;
  try {
    const alarms = await tools.database.transaction(async (sql) => {
      await lockTimes(sql, [accountId]);
      const news = { id: postId, accountId, urgency: 'breaking' } as const;
      return overtake(sql, tools.timeZone, news, await readClock(sql), 'policy');
    });
    await ringAlarms(tools, alarms);
  } catch (error) {
    tools.log.warn({ err: error, postId }, 'what collides with late news could not be moved behind it');
  }
}
