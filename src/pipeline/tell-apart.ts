import { getArticle } from '../store/article.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { movePosts } from '../store/move-posts.ts';
import { embargoOnOriginal, markAnother, storiesNear, waitingUntil } from '../store/told-under-embargo.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

/**
 * A person has compared an article with the story that it may be a copy of: it tells another one, and neither story's embargo
 * keeps the posts of the other back. Those that waited for its end wake when they were due, and find out what keeps them back
 * now. Does nothing where it is like no story, or was told apart before.
 * @throws Refusal where there is no such article.
 */
export async function tellApart(tools: ScheduleTools, articleId: string, actor: string): Promise<void> {
  const alarms = await tools.database.transaction(async (sql): Promise<Alarm[]> => {
    const { possibleDuplicate, storyId } = found(await getArticle(sql, articleId), 'article', articleId);
    if (possibleDuplicate === null || possibleDuplicate.isAnother || storyId === null) return [];
    const near = await storiesNear(sql, storyId);
    await markAnother(sql, articleId, possibleDuplicate.storyId, actor);
    const waiting = [];
    for (const { id } of near) waiting.push(...(await freeNow(sql, id, near)));
    const moves = waiting.map(({ id, wake, dueAt }) => ({ id, wake, at: dueAt }));
    const because = { actor, data: { toldApart: articleId } };
    const woken = await movePosts(sql, moves, because, { keepDue: true });
    return woken.map(({ postId, network, wake, at, urgency }) => {
      return { postId, network, wake, at, isFirst: urgency === 'breaking' };
    });
  });
  await ringAlarms(tools, alarms);
}

/** Posts of a story that waited for the embargo of one of these, and for none of them any more. */
async function freeNow(
  sql: Sql,
  storyId: string,
  near: Awaited<ReturnType<typeof storiesNear>>,
): ReturnType<typeof waitingUntil> {
  const waiting = await waitingUntil(
    sql,
    storyId,
    near.flatMap(({ embargoUntil }) => embargoUntil ?? []),
  );
  if (waiting.length === 0) return [];
  const until = await embargoOnOriginal(sql, { storyId });
  return waiting.filter(({ wakeAt }) => wakeAt.getTime() !== until?.getTime());
}
