import { lookAgainAfterMs, sendAgainAfterMs } from '../domain/verdict.ts';
import type { Found } from '../networks/network.ts';
import { priceOf } from '../networks/price.ts';
import { networkOf } from '../networks/registry.ts';
import { powersOf } from '../networks/way.ts';
import { getSealedCredentials } from '../store/account-credentials.ts';
import { getAccount } from '../store/account.ts';
import {
  getAttempt,
  listAttempts,
  listReceipts,
  recordCheckOfUnknown,
  resumeThread,
  settleAbsent,
} from '../store/attempt.ts';
import type { AttemptRow } from '../store/attempt.ts';
import { recordEvent } from '../store/event.ts';
import { failAsPoison, isPoison } from '../store/poison.ts';
import { getPost } from '../store/post.ts';
import type { PostRow } from '../store/post.ts';
import type { Woken } from '../store/post-moves.ts';
import { recordLateReceipt } from '../store/late-receipt.ts';
import { recordPublished } from '../store/receipt.ts';
import { openCredentials } from './credentials.ts';
import { ringAgain } from './late-news.ts';
import { messageOf } from './message.ts';
import { isRepeatable } from './repeatable.ts';
import { quiet } from './secret-values.ts';
import type { Tools } from './tools.ts';

type ReconcileTools = Pick<Tools, 'database' | 'bell' | 'io' | 'timeZone' | 'keyring' | 'networkIo' | 'log'>;

const LOOK_UP_MS = 30_000;
const KILLS = 'The network cannot be asked, and two workers stopped while they held this post: it is not sent again.';

/**
 * Settles an attempt whose answer was lost by asking the network. Found: it is published. Absent: it goes out again only
 * where the network itself drops a second; elsewhere absence is no proof, and a person decides. Where the network cannot
 * be asked at all, the account's policy decides: hold for a person, or send once more and risk a second. What has killed its
 * workers is not sent again by itself: it has failed where the network has not got it, else a person decides.
 * @returns what the look-up said; null where there was nothing to settle.
 */
export async function reconcile(tools: ReconcileTools, attemptId: string): Promise<Found | null> {
  const { database } = tools;
  const attempt = await getAttempt(database, attemptId);
  if (attempt?.phase !== 'unknown') return null;
  const post = await getPost(database, attempt.postId);
  if (post === null) return null;
  const found = await lookUp(tools, post, attempt);
  if (found.kind === 'published') {
    const isLast = attempt.part === post.parts.length - 1;
    const microUsd = priceOf(networkOf(post.network).profile, post.parts.slice(attempt.part, attempt.part + 1));
    const settled = await recordPublished(database, { attemptId, receipt: found.receipt, isLast, microUsd });
    // A person was quicker than the look-up.
    const first = { id: attemptId, receipt: found.receipt, microUsd };
    if (!settled) await recordLateReceipt(database, { first, rest: [], isLast });
    if (settled && !isLast) await goOn(tools, post, await resumeThread(database, post.id));
    return found;
  }
  const powers = powersOf(networkOf(post.network).profile, post.accountPowers);
  const wasAsked = powers.find !== 'by-resend';
  const kills = await isPoison(database, post.id);
  if (kills && found.kind === 'absent' && isRepeatable(powers) && wasAsked) {
    await failAsPoison(database, attemptId);
    return found;
  }
  if (!kills && found.kind === 'absent' && (isRepeatable(powers) || !wasAsked)) {
    const tried = await listAttempts(database, post.id);
    const afterMs = sendAgainAfterMs(tried.filter((one) => isAbsentLike(attempt, one)).length, tools.io.chance());
    const moved = await settleAbsent(database, attemptId, { afterMs, wasAsked });
    await goOn(tools, post, moved);
    return found;
  }
  const isFinal = (found.kind === 'cannot-tell' && found.isFinal === true) || (found.kind === 'absent' && !wasAsked);
  if (!kills && found.kind === 'cannot-tell' && isFinal && (await maySendAgain(tools, post, attempt))) {
    const moved = await database.transaction(async (sql) => {
      const settled = await settleAbsent(sql, attemptId, { afterMs: 0, wasAsked: false });
      const data = { settledBy: 'policy', detail: found.detail };
      if (settled !== null) await recordEvent(sql, { type: 'post.retried', subject: post.id, data });
      return settled;
    });
    await goOn(tools, post, moved);
    return found;
  }
  const detail = found.kind === 'absent' ? (wasAsked ? 'Not found on the network.' : KILLS) : found.detail;
  const nextAfterMs = isFinal ? null : lookAgainAfterMs(attempt.checks + 1, found.kind === 'absent');
  await recordCheckOfUnknown(database, attempt, detail, nextAfterMs);
  if (nextAfterMs !== null) {
    const at = new Date(tools.io.now().getTime() + nextAfterMs);
    await tools.bell.ring('reconcile', { attemptId, checks: attempt.checks + 1 }, { at });
  }
  return found;
}

/** By the account's policy, and once: after a second lost answer nobody knows any more how many there are. */
async function maySendAgain({ database }: ReconcileTools, post: PostRow, attempt: AttemptRow): Promise<boolean> {
  const account = await getAccount(database, post.accountId);
  if (account?.settings.unknown !== 'send-again') return false;
  const tried = await listAttempts(database, post.id);
  return !tried.some((one) => isAbsentLike(attempt, one));
}

/** Whether this is an earlier try at the same words that was looked for and not found. */
function isAbsentLike({ part, revision }: AttemptRow, other: AttemptRow): boolean {
  return other.phase === 'absent' && other.part === part && other.revision === revision;
}

async function lookUp(tools: ReconcileTools, post: PostRow, attempt: AttemptRow): Promise<Found> {
  const network = networkOf(post.network);
  if (network.find === undefined)
    return { kind: 'cannot-tell', detail: `${network.profile.name} cannot be asked.`, isFinal: true };
  try {
    const account = await getSealedCredentials(tools.database, post.accountId);
    if (account === null || account.credentials === '')
      return { kind: 'cannot-tell', detail: 'The account was removed.' };
    const credentials = openCredentials(tools.keyring, network, post.accountId, account.credentials);
    const receipts = await listReceipts(tools.database, post.id);
    const message = messageOf(post, attempt.part, receipts, {
      key: attempt.key,
      createdAt: attempt.startedAt,
      frozen: attempt.frozen,
    });
    const networkIo = tools.networkIo(post.accountId, AbortSignal.timeout(LOOK_UP_MS));
    return quiet(await network.find(message, credentials, networkIo), network.credentials, credentials);
  } catch (error) {
    tools.log.error({ err: error, attemptId: attempt.id }, 'a look-up failed');
    return { kind: 'cannot-tell', detail: `The look-up failed: ${String((error as Error).message).slice(0, 1024)}` };
  }
}

async function goOn(tools: ReconcileTools, post: PostRow, woken: Woken | null): Promise<void> {
  if (woken === null) return;
  const { id: postId, network, urgency } = post;
  await ringAgain(tools, [{ postId, network, wake: woken.wake, at: woken.wakeAt, isFirst: urgency === 'breaking' }]);
}
