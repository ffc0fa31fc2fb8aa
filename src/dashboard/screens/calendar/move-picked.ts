import type { Post } from '../../api/types.ts';
import { move } from '../../shell/timing.ts';
import { done } from '../../shell/undo.tsx';
import { may } from '../../shell/verbs.ts';
import { withTime } from '../../shell/with-time.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import { together } from './landing.ts';
import { place } from './place.ts';
import { fixedBecause, offClock } from './say.ts';

/** Asks for a time and moves posts there: the first to it, the others as far from it as they are now. */
export async function movePicked(posts: readonly Post[], queryKey: readonly unknown[], zone: string): Promise<void> {
  const list = posts.filter((post) => may(post, 'schedule'));
  const [first] = list;
  if (first === undefined) return done(posts[0] === undefined ? calendarTexts.none : (fixedBecause(posts[0]) ?? ''));
  if (list.length === 1 || first.dueAt === null) return move(list);
  await withTime(calendarTexts.moveTitle(list.length), new Date(first.dueAt), async ({ at }, onRefused) => {
    try {
      await place(together(list, first, at.getTime(), zone), queryKey, onRefused);
    } catch (error) {
      onRefused({ detail: offClock(error) });
    }
  });
}
