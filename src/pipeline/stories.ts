import type { Urgency } from '../domain/post.ts';
import type { StoryCampaign } from '../domain/campaign.ts';
import { Refusal } from '../domain/errors.ts';
import { refuseTooFar } from '../domain/wall-time.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { recordEvent } from '../store/event.ts';
import { storiesByKey } from '../store/story-likeness.ts';
import type { ArticleRequest } from '../store/article.ts';
import { lockTimesOfStory } from '../store/post-times.ts';
import { changeStory, getStory, lockStory } from '../store/story.ts';
import type { StoryRow, WokenOfStory } from '../store/story.ts';
import { changeCampaign } from './campaign.ts';
import { overtake } from './overtake.ts';
import { keysOfUrl } from './place.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

export interface StoryChange {
  /** Null lifts it; left out, it stays. */
  readonly embargoUntil?: Date | null | undefined;
  readonly urgency?: Urgency | undefined;
  /** Null: as in the house; left out, it stays. */
  readonly utm?: StoryCampaign | null | undefined;
  /** What `utm` was when it was read; left out, whatever it was. */
  readonly utmSeen?: StoryCampaign | null | undefined;
}

/**
 * Sets or lifts a story's embargo, how much it hurries, or what its links say; its posts that are not out follow.
 * @throws Refusal `not-found`, `stale-version` where its campaign is not the one that was seen, or `invalid` for an embargo of more than ten years
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
    const { utm: wanted, utmSeen: seen } = change;
    const isTimed = change.embargoUntil !== undefined || change.urgency !== undefined;
    if (isTimed) {
      // The story first, as whoever hands in another revision of it has it: no deadlock.
      await lockStory(sql, id);
      await lockTimesOfStory(sql, id);
    }
    if (wanted !== undefined) await changeCampaign(sql, id, { wanted, seen }, actor);
    return isTimed ? changed(sql, tools.timeZone, story, change, actor) : [];
  });
  await ringAlarms(tools, alarms);
  return found(await getStory(tools.database, id), 'story', id);
}

type Embargo = Pick<ArticleRequest, 'embargoUntil' | 'mayMovePosts'>;

/**
 * Puts a story under the embargo that an article of it was handed in with, in the caller's transaction. One that is over keeps
 * nothing back, and one of the story's own that ends later stays: nobody lifts it by handing something in.
 * @returns rings for the posts that it moved, once it has committed.
 * @throws Refusal `not-allowed` where the story was there before, and whoever handed the article in may not move its posts.
 */
export async function embargoWith(
  sql: Sql,
  tools: ScheduleTools,
  { storyId, isNew }: { readonly storyId: string; readonly isNew: boolean },
  { embargoUntil, mayMovePosts }: Embargo,
  actor: string,
): Promise<() => Promise<void>> {
  const nothing = (): Promise<void> => Promise.resolve();
  if (embargoUntil === undefined) return nothing;
  const until = new Date(embargoUntil);
  const story = found(await getStory(sql, storyId), 'story', storyId);
  if (!(await isLater(sql, story, until))) return nothing;
  if (!isNew && !mayMovePosts) throw mayNotEmbargo(storyId);
  await lockTimesOfStory(sql, storyId);
  const alarms = await changed(sql, tools.timeZone, story, { embargoUntil: until }, actor);
  return () => ringAlarms(tools, alarms);
}

async function isLater(sql: Sql, { embargoUntil }: StoryRow, until: Date): Promise<boolean> {
  return (embargoUntil === null || embargoUntil < until) && until > (await readClock(sql));
}

/**
 * The same before the article is read, as far as its address tells which story is its.
 * @throws Refusal `not-allowed`
 */
export async function refuseEmbargo(
  sql: Sql,
  { url, embargoUntil, isTest, mayMovePosts }: Embargo & Pick<ArticleRequest, 'url' | 'isTest'>,
): Promise<void> {
  if (url === undefined || embargoUntil === undefined || isTest || mayMovePosts) return;
  for (const storyId of new Set((await storiesByKey(sql, keysOfUrl(url))).values())) {
    const story = await getStory(sql, storyId);
    if (story !== null && (await isLater(sql, story, new Date(embargoUntil)))) throw mayNotEmbargo(storyId);
  }
}

function mayNotEmbargo(storyId: string): Refusal {
  const why = `Story ${storyId} is there already, and an embargo would move its posts: that needs the scope posts:publish. Hand the article in without embargoUntil, or ask somebody who may schedule.`;
  return new Refusal('not-allowed', why);
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
