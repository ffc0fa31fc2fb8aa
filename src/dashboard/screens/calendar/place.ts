import { queryClient } from '../../api/query-client.ts';
import { addPost } from '../../api/put-post.ts';
import type { Calendar } from '../../api/types.ts';
import { moveEach } from '../../shell/timing.ts';
import type { OnRefused } from '../../shell/with-time.ts';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import type { Landing } from './landing.ts';

/**
 * Gives posts their times: seen there at once, and back where they were, with the reason, if the server refuses.
 * @param queryKey of the calendar that is shown; a post that it did not hold comes into it.
 */
export async function place(
  landings: readonly Landing[],
  queryKey: readonly unknown[],
  onRefused?: OnRefused,
): Promise<void> {
  const times = new Map(landings.map(({ post, at }) => [post.id, new Date(at).toISOString()]));
  const posts = landings.map(({ post }) => post).filter(({ id, dueAt }) => dueAt !== times.get(id));
  if (posts.length === 0) return;
  queryClient.setQueryData<Calendar>(queryKey, (calendar) =>
    posts.reduce(
      (sum, post) =>
        sum === undefined || post.dueAt !== null
          ? sum
          : addPost(sum, { ...post, state: 'scheduled', dueAt: times.get(post.id) ?? null }),
      calendar,
    ),
  );
  // Several have been looked at together; one by one, each would be in the next one's way.
  const strict = posts.length === 1;
  const isNew = posts.every(({ dueAt }) => dueAt === null);
  await moveEach(
    posts,
    ({ id }) => ({ at: times.get(id) as string, strict }),
    isNew ? calendarTexts.filled : texts.verbs.moved,
    onRefused,
  );
}
