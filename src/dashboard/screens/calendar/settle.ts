import type { Calendar, Post, Stretch } from '../../api/types.ts';
import { addPost, putPost } from '../../api/put-post.ts';

interface Settled {
  readonly calendar: Calendar;
  /** How many posts came, went or moved by others' hands, and wait to be shown. */
  readonly waiting: number;
}

/**
 * What may be shown at once of a newer picture while somebody points at the older one: posts change where they are, and
 * what the reader did himself moves; everything else waits.
 * @param isOwn whether this browser has just changed a post.
 */
export function settle(shown: Calendar, next: Calendar, isOwn: (id: string) => boolean): Settled {
  const before = places(shown);
  const after = places(next);
  let waiting = 0;
  const moved: Post[] = [];
  const changed = new Map<string, Post>();
  for (const [id, { at, post }] of after) {
    if (before.get(id)?.at === at) changed.set(id, post);
    else if (isOwn(id)) moved.push(post);
    else waiting += 1;
  }
  const gone = [...before.keys()].filter((id) => !after.has(id));
  waiting += gone.filter((id) => !isOwn(id)).length;
  const still = { ...shown, stretches: shown.stretches.map((stretch) => updated(stretch, changed, gone, isOwn)) };
  const calendar = moved.reduce(
    (sum, post) => (before.has(post.id) ? putPost(sum, post) : addPost(sum, post)),
    still as Calendar,
  );
  return { calendar, waiting };
}

/** The same object where nothing of it has changed, so that nothing is drawn again. */
function updated(
  stretch: Stretch,
  changed: ReadonlyMap<string, Post>,
  gone: readonly string[],
  isOwn: (id: string) => boolean,
): Stretch {
  const left = stretch.posts.filter(({ id }) => gone.includes(id) && isOwn(id));
  const isSame = left.length === 0 && stretch.posts.every((post) => (changed.get(post.id) ?? post) === post);
  if (isSame) return stretch;
  const posts = stretch.posts.filter((post) => !left.includes(post)).map((post) => changed.get(post.id) ?? post);
  return { ...stretch, posts, count: stretch.count - left.length };
}

function places(calendar: Calendar): Map<string, { readonly at: number; readonly post: Post }> {
  return new Map(calendar.stretches.flatMap(({ posts }, at) => posts.map((post) => [post.id, { at, post }] as const)));
}
