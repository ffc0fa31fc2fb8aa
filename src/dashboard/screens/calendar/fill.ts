import { act, schedulePost } from '../../api/actions.ts';
import type { Post, PostTimes } from '../../api/types.ts';
import { done, failed } from '../../shell/undo.tsx';
import { calendarTexts } from '../../texts/calendar.ts';
import type { OpenDay } from './check.ts';
import { freeFrom, freeSlotOn, timesOf } from './check.ts';

export interface Span {
  readonly days: readonly OpenDay[];
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

const MORNING = 9;
const EVENING = 21;

/**
 * Gives every ready post a free time in these days: the next free slot of its account, or where that has none, one day after
 * the other. One post after the other, because each takes a time away from the next.
 */
export async function fillFrom(ready: readonly Post[], span: Span): Promise<void> {
  const placed: Post[] = [];
  const given = new Map<string, number>();
  let noRoom = 0;
  let fault: unknown = null;
  for (const post of ready) {
    const before = given.get(post.accountId) ?? 0;
    try {
      const times = (await timesOf([post], span.from, span.to)).get(post.id);
      const at = times === undefined ? null : firstFree(times, before, span);
      if (at === null) {
        noRoom += 1;
        continue;
      }
      placed.push(await schedulePost(post, { at: new Date(at).toISOString(), strict: true }));
      given.set(post.accountId, before + 1);
    } catch (error) {
      fault = error;
    }
  }
  if (fault !== null) failed(calendarTexts.fill(ready.length), fault);
  if (noRoom > 0) done(calendarTexts.noRoom(noRoom));
  if (placed.length > 0) {
    done(calendarTexts.filled(placed.length), () => Promise.all(placed.map((post) => act(post, 'unschedule'))));
  }
}

/** @param before how many posts of the account have been given a time: the next begins a day, or a round and an hour, later. */
function firstFree(times: PostTimes, before: number, { days, zone }: Span): number | null {
  const turn = before % days.length;
  const hour = Math.min(EVENING, MORNING + Math.floor(before / days.length));
  const hasSlots = times.slots.length > 0;
  for (const day of hasSlots ? days : [...days.slice(turn), ...days.slice(0, turn)]) {
    const at = hasSlots ? freeSlotOn(day, times, zone) : freeFrom(hour, day, times, zone);
    if (at !== null) return at;
  }
  return null;
}
