import type { Urgency } from '../domain/post.ts';
import type { StoryCampaign } from '../domain/campaign.ts';
import { refuseTooFar } from '../domain/wall-time.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { recordEvent } from '../store/event.ts';
import { changeStory, getStory } from '../store/story.ts';
import type { StoryRow, WokenOfStory } from '../store/story.ts';
import { changeCampaign } from './campaign.ts';
import { overtake } from './overtake.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

export interface StoryChange {
  /** Null lifts it; left out, it stays. */
  readonly embargoUntil?: Date | null | undefined;
  readonly urgency?: Urgency | undefined;
  /** Null: as in the house; left out, it stays. */
  readonly utm?: StoryCampaign | null | undefined;
}

/**
 * Sets or lifts a story's embargo, how much it hurries, or what its links say; its posts that are not out follow.
 * @throws Refusal `not-found`, or `invalid` for an embargo of more than ten years
 */
export async function editStory(
  tools: ScheduleTools,
  id: string,
  change: StoryChange,
  actor: string,
): Promise<StoryRow> {
  if (change.embargoUntil) refuseTooFar(change.embargoUntil, tools.io.now(), '/embargoUntil');
  const alarms = await tools.database.transaction(async (sql) => {
    const story = found(await getStory(sql, id), 'story', id);
    if (change.utm !== undefined) await changeCampaign(sql, id, change.utm, actor);
    if (change.embargoUntil === undefined && change.urgency === undefined) return [];
    return changed(sql, tools.timeZone, story, change, actor);
  });
  await ringAlarms(tools, alarms);
  return found(await getStory(tools.database, id), 'story', id);
}

/**
 * Puts a story under the embargo that an article of it was handed in with, in the caller's transaction. One that is over keeps
 * nothing back, and one of the story's own that ends later stays: nobody lifts it by handing something in.
 * @returns rings for the posts that it moved, once it has committed.
 */
export async function embargoWith(
  sql: Sql,
  tools: ScheduleTools,
  storyId: string,
  embargoUntil: string | undefined,
  actor: string,
): Promise<() => Promise<void>> {
  const nothing = (): Promise<void> => Promise.resolve();
  if (embargoUntil === undefined) return nothing;
  const until = new Date(embargoUntil);
  const story = found(await getStory(sql, storyId), 'story', storyId);
  const isLater = story.embargoUntil === null || story.embargoUntil < until;
  if (!isLater || until <= (await readClock(sql))) return nothing;
  const alarms = await changed(sql, tools.timeZone, story, { embargoUntil: until }, actor);
  return () => ringAlarms(tools, alarms);
}

async function changed(
  sql: Sql,
  timeZone: string,
  story: StoryRow,
  { embargoUntil = story.embargoUntil, urgency = story.urgency }: StoryChange,
  actor: string,
): Promise<Alarm[]> {
  const woken = (await changeStory(sql, story.id, { embargoUntil, urgency }, actor)) ?? [];
  await tellOutlasted(sql, woken, actor);
  const own = woken.map((post) => ({ ...post, isFirst: post.urgency === 'breaking' }));
  return [...own, ...(await overtakeAll(sql, timeZone, woken, actor))];
}

/** What has become breaking news, or is that at another time, takes its time as if it were scheduled now. */
async function overtakeAll(
  sql: Sql,
  timeZone: string,
  woken: readonly WokenOfStory[],
  actor: string,
): Promise<Alarm[]> {
  const news = woken.filter(({ urgency, isChanged }) => isChanged && urgency === 'breaking');
  if (news.length === 0) return [];
  const now = await readClock(sql);
  const alarms: Alarm[] = [];
  for (const { postId, accountId, urgency, at } of news) {
    const time = at < now ? now : at;
    alarms.push(...(await overtake(sql, timeZone, { id: postId, accountId, urgency }, time, actor)));
  }
  return alarms;
}

/** An embargo is never refused for a post's sake: one that it outlasts is told of, while there is time to do something. */
async function tellOutlasted(sql: Sql, woken: readonly WokenOfStory[], actor: string): Promise<void> {
  for (const { postId, at, staleAt, isChanged } of woken) {
    if (!isChanged || staleAt === null || staleAt > at) continue;
    const [since, out] = [staleAt.toISOString(), at.toISOString()];
    const why = `It is worthless from ${since} on, before it can go out at ${out}: it will be stale unless that is changed.`;
    const data = { why, staleAt: since, wakeAt: out };
    await recordEvent(sql, { type: 'post.flagged', subject: postId, actor, data });
  }
}
