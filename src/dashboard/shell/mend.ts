import { act, createPost } from '../api/actions.ts';
import { ask } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Account, Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { askWords, confirm } from './dialogs.tsx';
import { done } from './undo.tsx';
import { each, may, run } from './verbs.ts';

/** What helps where something went wrong, and what can still be done about a post that is out. */

/** A group is tried again by its account's gap, one after the other, as the line does it. */
export async function retry(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'retry'));
  const after = await each(texts.verbs.retry, list, (post) => act(post, 'retry'));
  if (after.length > 0) done(texts.verbs.retried(after.length));
}

export async function checkOnNetwork(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'check'));
  const after = await each(texts.verbs.check, list, (post) => act(post, 'check'));
  if (after.length === 0) return;
  const states = new Set(after.map((post) => post.state));
  if (states.size > 1) return done(texts.verbs.checkedMany(after.length));
  done(
    states.has('published')
      ? texts.verbs.checkFound
      : states.has('unknown')
        ? texts.verbs.checkCannotTell
        : texts.verbs.checkAbsent,
  );
}

export async function markPublished(post: Post): Promise<void> {
  const url = await askWords(texts.verbs.markTitle, texts.verbs.markLabel, texts.verbs.mark, { isOptional: true });
  if (url === null) return;
  if (await run(texts.verbs.mark, () => act(post, 'mark-published', url === '' ? {} : { url }))) {
    done(texts.verbs.marked);
  }
}

export async function sendAgain(post: Post): Promise<void> {
  if (!(await confirm(texts.verbs.againTitle, texts.verbs.againBody, texts.verbs.again))) return;
  if (await run(texts.verbs.again, () => act(post, 'send-again'))) done(texts.verbs.sentAgain);
}

/** Asks the network whether the account works again, and tries its posts again where it does. */
export async function reconnect(account: Account, posts: readonly Post[]): Promise<void> {
  let after: Account | undefined;
  const asked = await run(texts.failures.reconnect, async () => {
    after = await ask<Account>('POST', `/v1/accounts/${account.id}/check`, { body: {} });
  });
  void queryClient.invalidateQueries({ queryKey: ['accounts'] });
  if (!asked) return;
  if (after?.state !== 'connected') return done(texts.failures.stillSignedOut(account.name));
  await retry(posts);
}

/** The same text to another account, in review there, because other rules hold; what did not work here is cancelled. */
export async function sendElsewhere(post: Post, account: Account): Promise<void> {
  let made: Post | undefined;
  if (!(await run(texts.failures.elsewhere, async () => (made = await createPost(account.id, post, 'review'))))) return;
  if (may(post, 'cancel')) {
    await run(texts.verbs.cancel, () => act(post, 'cancel', { reason: texts.failures.movedTo(account.name) }));
  }
  const copy = made as Post;
  done(texts.failures.sentElsewhere(account.name), () => act(copy, 'cancel', { reason: texts.undo.note }));
}

/** Takes a published post off its network. What is gone there cannot be brought back, so it asks. */
export async function removeFromNetwork(post: Post): Promise<void> {
  if (!(await confirm(texts.verbs.removeTitle, texts.verbs.removeBody, texts.verbs.remove))) return;
  if (await run(texts.verbs.remove, () => act(post, 'remove'))) done(texts.verbs.removed);
}

/** Other words for a post that is out, where its network lets us. */
export async function correct(post: Post): Promise<void> {
  const before = post.parts.map((part) => part.text);
  if (before.length > 1) return done(texts.verbs.correctThread);
  const text = await askWords(texts.verbs.correctTitle, texts.verbs.correctLabel, texts.verbs.correct, {
    begins: before[0] ?? '',
  });
  if (text === null || text === before[0]) return;
  let after: Post | undefined;
  if (!(await run(texts.verbs.correct, async () => (after = await act(post, 'correct', { text }))))) return;
  done(texts.verbs.corrected, () => act(after as Post, 'correct', { text: before[0] }));
}
