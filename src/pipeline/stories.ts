import type { Urgency } from '../domain/post.ts';
import { found } from '../store/database.ts';
import { changeStory, getStory } from '../store/story.ts';
import type { StoryRow } from '../store/story.ts';
import { ringAlarms } from './schedule.ts';
import type { Tools } from './tools.ts';

export interface StoryChange {
  /** Null lifts it; left out, it stays. */
  readonly embargoUntil?: Date | null | undefined;
  readonly urgency?: Urgency | undefined;
}

/** Sets or lifts a story's embargo, or how much it hurries; its posts that are not out follow. @throws Refusal `not-found` */
export async function editStory(
  tools: Pick<Tools, 'database' | 'bell' | 'io'>,
  id: string,
  change: StoryChange,
  actor: string,
): Promise<StoryRow> {
  const woken = await tools.database.transaction(async (sql) => {
    const story = found(await getStory(sql, id), 'story', id);
    const { embargoUntil = story.embargoUntil, urgency = story.urgency } = change;
    return changeStory(sql, id, { embargoUntil, urgency }, actor);
  });
  await ringAlarms(
    tools,
    (woken ?? []).map(({ urgency, ...post }) => ({ ...post, isFirst: urgency === 'breaking' })),
  );
  return found(await getStory(tools.database, id), 'story', id);
}
