import { act, createPost } from '../api/actions.ts';
import { get, post, problemFrom } from '../api/client.ts';
import { networksQuery } from '../api/queries.ts';
import { faultAt } from '../api/told.ts';
import { queryClient } from '../api/query-client.ts';
import type { Account, Post, PostDetail } from '../api/types.ts';
import { keepAs, slotOf } from '../parts/kept.ts';
import { texts } from '../texts.ts';
import { askReconnection, askWords, confirm } from './dialogs.tsx';
import type { WordsOptions } from './dialogs.tsx';
import { done, noteUnderWay } from './undo.tsx';
import { aboutOf, eachOnce, may, run } from './verbs.ts';
import { replace } from './withdraw.ts';

/** What helps where something went wrong, and what can still be done about a post that is out. */

/** A group is tried again by its account's gap, one after the other, as the line does it. */
export async function retry(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'retry'));
  const after = await eachOnce(texts.verbs.retry, list, (post) => act(post, 'retry'));
  if (after.length > 0) done(texts.verbs.retried(after.length));
}

export async function checkOnNetwork(posts: readonly Post[]): Promise<void> {
  const list = posts.filter((post) => may(post, 'check'));
  const after = await eachOnce(texts.verbs.check, list, (post) => act(post, 'check'));
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

/** Where the link is refused, the window is there again with it, and says why. */
export async function markPublished(post: Post, refused?: WordsOptions['refused']): Promise<void> {
  const slot = slotOf('mark', [post]);
  const options = { isOptional: true, slot, ...(refused && { refused }) };
  const url = await askWords(texts.verbs.markTitle, texts.verbs.markLabel, texts.verbs.mark, options);
  if (url === null) return;
  let why: string | undefined;
  const mark = (): Promise<unknown> =>
    act(post, 'mark-published', url === '' ? {} : { url }).catch((error: unknown) => {
      why = faultAt(problemFrom(error), '/url');
      if (why === undefined) throw error;
    });
  if (!(await run(texts.verbs.mark, mark))) return;
  if (why !== undefined) return markPublished(post, { typed: url, why });
  keepAs(slot, null);
  done(texts.verbs.marked);
}

export async function sendAgain(post: Post): Promise<void> {
  if (!(await confirm(texts.verbs.againTitle, texts.verbs.againBody, texts.verbs.again, aboutOf([post])))) return;
  if (await run(texts.verbs.again, () => act(post, 'send-again'))) done(texts.verbs.sentAgain);
}

/**
 * Gives an account what it signs in with anew, by its network's page of consent or by a form.
 * @returns whether its posts go out again: not where it was closed, or stays paused.
 */
export async function reconnect(account: Account): Promise<boolean> {
  const network = (await queryClient.ensureQueryData(networksQuery)).find((one) => one.id === account.network);
  const after = await askReconnection(account, texts.connect.title(account.name, network?.name ?? account.network));
  if (after === null) return false;
  const isBack = after.state === 'connected';
  const lack = after.problem?.['detail'];
  done(
    !isBack
      ? texts.connect.stillPaused(after.name)
      : typeof lack === 'string'
        ? texts.connect.lacking(after.name, lack)
        : texts.connect.reconnected(after.name),
  );
  return isBack;
}

/** Whether a network has refused posts for the same cause twice with what their account signs in with now. */
async function isRefusedAgain({ credentialsAt }: Account, posts: readonly Post[]): Promise<boolean> {
  const [most] = posts.toSorted((one, other) => other.tries - one.tries);
  if (most === undefined) return false;
  const { attempts } = await get<PostDetail>(`/v1/posts/${most.id}`);
  const same = attempts.filter(
    ({ failure, endedAt }) => failure?.cause === most.failure?.cause && endedAt !== null && endedAt > credentialsAt,
  );
  return same.length > 1;
}

/**
 * Its posts again as soon as the account works: by itself, as after a grant on the network's side, or with new credentials. A
 * check cannot see everywhere what a post is refused for: what is refused again with the same credentials gets new ones.
 */
export async function reconnectAndRetry(account: Account, posts: readonly Post[]): Promise<void> {
  // As it is now: it was said to work a moment ago.
  const now = await get<Account>(`/v1/accounts/${account.id}`).catch(() => account);
  // What cannot be told counts as no: then a check says what is wrong.
  if (await isRefusedAgain(now, posts).catch(() => false)) {
    if (await reconnect(now)) await retry(posts);
    return;
  }
  let after: Account | undefined;
  try {
    after = await post<Account>(`/v1/accounts/${account.id}/check`);
  } catch {
    // A network that cannot be asked, or credentials that cannot be read: new ones may help all the same.
  }
  void queryClient.invalidateQueries({ queryKey: ['accounts'] });
  if (after?.state === 'connected' || (await reconnect(after ?? now))) await retry(posts);
}

/** The same text to another account, in review there, because other rules hold; what did not work here is cancelled. */
export function sendElsewhere(post: Post, account: Account): Promise<void> {
  return noteUnderWay(copyTo(post, account));
}

async function copyTo(post: Post, account: Account): Promise<void> {
  let made: Post | undefined;
  if (!(await run(texts.failures.elsewhere, async () => (made = await createPost(account.id, post, 'review'))))) return;
  await replace(post, made as Post, account.name, texts.failures.sentElsewhere(account.name));
}

/** Takes a published post off its network. What is gone there cannot be brought back, so it asks. */
export async function removeFromNetwork(post: Post): Promise<void> {
  if (!(await confirm(texts.verbs.removeTitle, texts.verbs.removeBody, texts.verbs.remove, aboutOf([post])))) return;
  if (await run(texts.verbs.remove, () => act(post, 'remove'))) done(texts.verbs.removed);
}

/** Other words for a post that is out, where its network lets us. */
export async function correct(post: Post): Promise<void> {
  const before = post.parts.map((part) => part.text);
  if (before.length > 1) return done(texts.verbs.correctThread);
  const slot = slotOf('correct', [post]);
  const text = await askWords(texts.verbs.correctTitle, texts.verbs.correctLabel, texts.verbs.correct, {
    begins: before[0] ?? '',
    slot,
  });
  if (text === null || text === before[0]) return;
  let after: Post | undefined;
  if (!(await run(texts.verbs.correct, async () => (after = await act(post, 'correct', { text }))))) return;
  keepAs(slot, null);
  done(texts.verbs.corrected, () => act(after as Post, 'correct', { text: before[0] }));
}
