import { present } from '../../api/server-clock.ts';
import type { Post } from '../../api/types.ts';
import { done } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import type { Cell } from './cells.ts';
import { barOf, freeFrom, freeSlotOn, timesOf } from './check.ts';
import { place } from './place.ts';
import { barredBecause } from './say.ts';
import { startIn } from './start-in.ts';
import type { CalendarPicture } from './use-calendar.ts';

const MORNING = 9;

/** The next post of the tray, or the one whose menu has the focus, into a field: what dragging it there does. */
export async function placeNext(
  ready: readonly Post[],
  cell: Cell,
  { from, to, zone, queryKey }: CalendarPicture,
  nameOf: (post: Post) => string,
): Promise<void> {
  const id = document.activeElement?.closest<HTMLElement>('[data-ready]')?.dataset['ready'];
  const post = ready.find((one) => one.id === id) ?? ready[0];
  if (post === undefined) return done(calendarTexts.nothingReady);
  const now = present();
  await run(calendarTexts.place, async () => {
    const times = await timesOf([post], from, to);
    const own = times.get(post.id);
    const at =
      cell.hour !== null || own === undefined
        ? startIn(cell, now, zone).getTime()
        : (freeSlotOn(cell, own, zone) ?? freeFrom(MORNING, cell, own, zone));
    if (at === null) return done(calendarTexts.noFreeIn);
    const bar = barOf([{ post, at }], times);
    if (bar !== null) return done(`${barredBecause(bar, nameOf(post), zone, now)} ${calendarTexts.override}`);
    await place([{ post, at }], queryKey);
  });
}
