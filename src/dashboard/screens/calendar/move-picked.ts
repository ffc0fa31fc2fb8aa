import { resolveTime } from '../../../domain/wall-time.ts';
import { present } from '../../api/server-clock.ts';
import type { Post } from '../../api/types.ts';
import { askTime } from '../../shell/dialogs.tsx';
import { move } from '../../shell/timing.ts';
import { done } from '../../shell/undo.tsx';
import { may } from '../../shell/verbs.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import { together } from './landing.ts';
import { place } from './place.ts';
import { fixedBecause, refusedBecause } from './say.ts';

/** Asks for a time and moves posts there: the first to it, the others as far from it as they are now. */
export async function movePicked(posts: readonly Post[], queryKey: readonly unknown[], zone: string): Promise<void> {
  const list = posts.filter((post) => may(post, 'schedule'));
  const [first] = list;
  if (first === undefined) return done(posts[0] === undefined ? calendarTexts.none : (fixedBecause(posts[0]) ?? ''));
  if (list.length === 1 || first.dueAt === null) return move(list);
  const time = await askTime(calendarTexts.moveTitle(list.length), new Date(first.dueAt));
  if (time === null) return;
  try {
    const at = resolveTime(time, present());
    await place(together(list, first, (at === 'now' ? present() : at).getTime(), zone), queryKey);
  } catch (error) {
    done(refusedBecause(error));
  }
}
