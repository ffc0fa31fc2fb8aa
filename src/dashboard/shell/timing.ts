import { act, publishNow, schedulePost, setWorth } from '../api/actions.ts';
import { asOwn } from '../api/own-changes.ts';
import type { GivenSchedule, Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { confirm } from './dialogs.tsx';
import { done } from './undo.tsx';
import { aboutOf, each, may, run } from './verbs.ts';
import { withTime } from './with-time.ts';
import type { OnRefused } from './with-time.ts';

/** When a post goes out, and until when it is worth anything. */

/** Another time for scheduled posts, or a first one for approved ones. Asks for it where it is not given. */
export async function move(posts: readonly Post[], given?: GivenSchedule): Promise<void> {
  const list = posts.filter((post) => may(post, 'schedule'));
  if (list.length === 0) return;
  const from = list[0]?.dueAt ?? null;
  if (given !== undefined) return moveEach(list, () => given);
  await withTime(texts.verbs.moveTitle, from === null ? null : new Date(from), ({ time }, onRefused) =>
    moveEach(list, () => time, texts.verbs.moved, onRefused),
  );
}

/** Later (or earlier) by minutes, each from its own time: a second press goes on from where the first has put it, drawn or not. */
export async function nudge(posts: readonly Post[], minutes: number): Promise<void> {
  const list = posts.map(asOwn).filter((post) => may(post, 'schedule') && post.dueAt !== null);
  const by = minutes * 60_000;
  await moveEach(list, ({ dueAt }) => ({ at: new Date(new Date(dueAt ?? 0).getTime() + by).toISOString() }));
}

/** A time for each, with one Undo for all. @param words what is said when it is done; left out, that they were moved. */
export async function moveEach(
  posts: readonly Post[],
  timeOf: (post: Post) => GivenSchedule,
  words = texts.verbs.moved,
  onRefused?: OnRefused,
): Promise<void> {
  const put = async (post: Post) => ({ before: post, after: await schedulePost(post, timeOf(post)) });
  const moved = await each(texts.verbs.move, posts, put, onRefused);
  if (moved.length === 0) return;
  done(words(moved.length), () =>
    Promise.all(
      moved.map(({ before, after }) =>
        before.state === 'scheduled' && before.dueAt !== null
          ? schedulePost(after, { at: before.dueAt })
          : act(after, 'unschedule'),
      ),
    ),
  );
}

export async function confirmNow(posts: readonly Post[]): Promise<boolean> {
  return confirm(texts.verbs.nowTitle, texts.verbs.nowBody(posts.length), texts.verbs.now, aboutOf(posts));
}

export async function sendNow(post: Post): Promise<void> {
  if (!(await confirmNow([post]))) return;
  if (await run(texts.verbs.now, () => publishNow(post))) done(texts.verbs.sentNow);
}

/** Until when the posts are worth anything: past it they are told as too late, never sent. */
export async function mustGoBy(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => post.can.includes('setWorth'));
  if (list.length === 0) return;
  const now = list[0]?.worthlessAfter ?? null;
  await withTime(texts.verbs.goByTitle, now === null ? null : new Date(now), ({ at }, onRefused) =>
    setEach(list, at.toISOString(), onRefused),
  );
}

async function setEach(list: readonly Post[], at: string, onRefused: OnRefused): Promise<void> {
  const put = async (post: Post) => ({ post, after: await setWorth(post, at) });
  const set = await each(texts.verbs.goBy, list, put, onRefused);
  if (set.length === 0) return;
  done(texts.verbs.goBySet, () => Promise.all(set.map(({ post, after }) => setWorth(after, post.worthlessAfter))));
}
