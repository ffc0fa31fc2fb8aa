import { act } from '../api/actions.ts';
import { onceSignedIn } from '../api/once-signed-in.ts';
import type { Post } from '../api/types.ts';
import { keepAs, keptAs, slotOf } from '../parts/kept.ts';
import { texts } from '../texts.ts';
import { tell } from './verbs.ts';

/**
 * The last word on each of these posts. What was typed for all of them is let go with the last that has left; for one that
 * stays, it is there when it is asked for again, of that post alone too. What did not work is told once, of all.
 */
export function lastWord(
  posts: readonly Post[],
  verb: 'reject' | 'cancel',
  body: object,
): (post: Post) => Promise<void> {
  const slot = slotOf(verb, posts);
  const faults: unknown[] = [];
  let open = posts.length;
  return async (post) => {
    const own = slotOf(verb, [post]);
    if (own !== slot) keepAs(own, keptAs(slot));
    try {
      await onceSignedIn(() => act(post, verb, body));
      keepAs(own, null);
    } catch (error) {
      faults.push(error);
    }
    open -= 1;
    if (open > 0) return;
    if (faults.length === 0) keepAs(slot, null);
    else
      tell(
        posts.length === 1 ? texts.verbs[verb] : texts.verbs.notAll(texts.verbs[verb], faults.length, posts.length),
        faults[0],
      );
  };
}
