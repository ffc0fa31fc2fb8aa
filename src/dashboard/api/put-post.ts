import { asOwn, askedIds } from './own-changes.ts';
import type { Calendar, Post, Stretch } from './types.ts';

/** Which stretch holds an instant, by search: asking each of them for each post is slow. -1 where none does. */
export function placeOf(stretches: readonly Pick<Stretch, 'from' | 'to'>[], at: string): number {
  let [low, high] = [0, stretches.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { from, to } = stretches[middle] as Stretch;
    if (at < from) high = middle - 1;
    else if (at >= to) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** The same calendar with a post as it is now, where its time says. A post that it does not show stays out of it. */
export function putPost(calendar: Calendar, changed: Post): Calendar {
  const before = calendar.stretches.findIndex(({ posts }) => posts.some(({ id }) => id === changed.id));
  if (before < 0) return calendar;
  const after = changed.dueAt === null ? -1 : placeOf(calendar.stretches, changed.dueAt);
  const stretches = [...calendar.stretches];
  const old = stretches[before] as Stretch;
  const known = old.posts.find(({ id }) => id === changed.id) as Post;
  const post = { ...known, ...changed };
  stretches[before] = without(old, known);
  if (after >= 0) stretches[after] = withPost(stretches[after] as Stretch, post);
  return { ...calendar, stretches };
}

/** The same calendar with a post that it did not show. */
export function addPost(calendar: Calendar, post: Post): Calendar {
  const at = post.dueAt === null ? -1 : placeOf(calendar.stretches, post.dueAt);
  if (at < 0) return calendar;
  const stretches = [...calendar.stretches];
  stretches[at] = withPost(stretches[at] as Stretch, post);
  return { ...calendar, stretches };
}

/**
 * A calendar that was just read, with posts where this browser has asked them to be meanwhile.
 * @param shown what stands there now: a post that was put into it is in no answer yet.
 */
export function withAsked(read: Calendar, shown: Calendar | undefined): Calendar {
  return askedIds().reduce((sum, id) => {
    const [known, put] = [postIn(sum, id), shown && postIn(shown, id)];
    if (known !== undefined) return putPost(sum, asOwn(known));
    return put === undefined ? sum : addPost(sum, asOwn(put));
  }, read);
}

function postIn({ stretches }: Calendar, id: string): Post | undefined {
  for (const { posts } of stretches) {
    const post = posts.find((one) => one.id === id);
    if (post !== undefined) return post;
  }
  return undefined;
}

function without(stretch: Stretch, post: Post): Stretch {
  return {
    ...stretch,
    count: stretch.count - 1,
    states: counted(stretch.states, post.state, -1),
    posts: stretch.posts.filter(({ id }) => id !== post.id),
  };
}

function withPost(stretch: Stretch, post: Post): Stretch {
  return {
    ...stretch,
    count: stretch.count + 1,
    states: counted(stretch.states, post.state, 1),
    posts: [...stretch.posts, post].sort(byTime),
  };
}

function counted(states: Stretch['states'], state: Post['state'], by: 1 | -1): Stretch['states'] {
  return { ...states, [state]: (states[state] ?? 0) + by };
}

/** As the API sorts them. */
function byTime(one: Post, other: Post): number {
  if (one.dueAt !== other.dueAt) return (one.dueAt ?? '') < (other.dueAt ?? '') ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
