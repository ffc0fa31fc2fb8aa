import { act, createPost } from '../../api/actions.ts';
import type { Post } from '../../api/types.ts';
import { correct, removeFromNetwork } from '../../shell/mend.ts';
import { done } from '../../shell/undo.tsx';
import { eachOnce, may } from '../../shell/verbs.ts';
import { withTime } from '../../shell/with-time.ts';
import type { OnRefused } from '../../shell/with-time.ts';
import { texts } from '../../texts.ts';
import { outboxTexts } from '../../texts/outbox.ts';

/** What can still be done with a post that is out. */

export function openOnNetwork(post: Post): void {
  if (post.url === null) done(outboxTexts.noAddress);
  else window.open(post.url, '_blank', 'noopener,noreferrer');
}

export async function duplicate(post: Post): Promise<void> {
  await again(post, 'draft', outboxTexts.duplicate, outboxTexts.duplicated);
}

/** The same once more, at another time. */
export async function postLater(post: Post): Promise<void> {
  await withTime(outboxTexts.laterTitle, null, ({ time }, onRefused) =>
    again(post, time, outboxTexts.later, outboxTexts.repeated, onRefused),
  );
}

/** Other words for a post that is out; says why not, where its network lets nobody. */
export async function correctOrSay(post: Post): Promise<void> {
  if (may(post, 'correct')) await correct(post);
  else done(outboxTexts.cannotCorrect);
}

export async function remove(post: Post): Promise<void> {
  if (may(post, 'remove')) await removeFromNetwork(post);
}

async function again(
  post: Post,
  how: Parameters<typeof createPost>[2],
  what: string,
  sentence: string,
  onRefused?: OnRefused,
): Promise<void> {
  const [made] = await eachOnce(what, [post], () => createPost(post.accountId, post, how), onRefused);
  if (made !== undefined) done(sentence, () => act(made, 'cancel', { reason: texts.undo.note }));
}
