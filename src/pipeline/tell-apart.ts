import { getArticle } from '../store/article.ts';
import { found } from '../store/database.ts';
import { movePosts } from '../store/post-times.ts';
import { embargoOnOriginal, markAnother, waitingUntil } from '../store/told-under-embargo.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

/**
 * A person has compared an article with the story that it may be a copy of: it tells another one, and that one's embargo does
 * not keep its posts back. Those that waited for its end wake when they were due, and find out what keeps them back now. Does
 * nothing where it is like no story, or was told apart before.
 * @throws Refusal where there is no such article.
 */
export async function tellApart(tools: ScheduleTools, articleId: string, actor: string): Promise<void> {
  const alarms = await tools.database.transaction(async (sql): Promise<Alarm[]> => {
    const { possibleDuplicate, storyId } = found(await getArticle(sql, articleId), 'article', articleId);
    if (possibleDuplicate === null || possibleDuplicate.isAnother || storyId === null) return [];
    const until = await embargoOnOriginal(sql, { storyId });
    await markAnother(sql, articleId, possibleDuplicate.storyId, actor);
    const waiting = until === null ? [] : await waitingUntil(sql, storyId, until);
    const moves = waiting.map(({ id, dueAt }) => ({ id, at: dueAt }));
    const because = { actor, data: { toldApart: articleId } };
    const woken = await movePosts(sql, moves, because, true, false);
    return woken.map(({ postId, network, wake, at, urgency }) => {
      return { postId, network, wake, at, isFirst: urgency === 'breaking' };
    });
  });
  await ringAlarms(tools, alarms);
}
