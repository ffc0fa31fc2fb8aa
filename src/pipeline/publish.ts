import type { Receipt } from '../domain/attempt.ts';
import type { Cause, Failure } from '../domain/errors.ts';
import { verdictOf } from '../domain/verdict.ts';
import type { Message, Network, Outcome } from '../networks/network.ts';
import { priceOf } from '../networks/price.ts';
import { networkOf } from '../networks/registry.ts';
import { blockAccount, markSignedOut } from '../store/account.ts';
import { pauseAfterRefusals } from '../store/account-pause.ts';
import { listReceipts, recordFailure, recordPublished, releaseClaim } from '../store/attempt.ts';
import { claimPost, markSent, openNextPart, whyNotClaimed } from '../store/claim.ts';
import type { Claim } from '../store/claim.ts';
import { isHeld } from '../store/hold.ts';
import { expirePosts } from '../store/post-moves.ts';
import { overCap } from './budget.ts';
import { openCredentials } from './credentials.ts';
import { HOLD_LOOK_MS, heldGate } from './held-gate.ts';
import { fetchPictures, needsPictures } from './images.ts';
import type { Pictures } from './images.ts';
import { faultsOf } from './limits.ts';
import { messageOf } from './message.ts';
import { isRepeatable } from './repeatable.ts';
import type { Tools } from './tools.ts';
import { untilWritten } from './until-written.ts';

type PublishTools = Pick<
  Tools,
  'database' | 'bell' | 'http' | 'io' | 'keyring' | 'networkIo' | 'publicUrl' | 'workerId' | 'log'
>;

/** A process that was suspended after its attempt was committed wakes harmless: past this it does not send. */
const SEND_WITHIN_MS = 5_000;
/** No request of ours may outlive this. */
const REQUEST_MS = 30_000;
/** The alarm rings by the worker's clock, the claim decides by the database's: this much early is waited for. */
const EARLY_MS = 2_000;

/**
 * Publishes a due post, once. The attempt is committed before its request leaves; whatever comes back is written down
 * before this ends. Called twice, or by two workers, one of them finds nothing to claim.
 */
export async function publish(
  tools: PublishTools,
  job: { postId: string; network: string },
  signal: AbortSignal,
): Promise<void> {
  const network = networkOf(job.network);
  const attemptId = tools.io.id('attempt');
  const claim = await claimPost(tools.database, job.postId, tools.workerId, attemptId, firstPhase(network)).catch(
    (error: unknown) => giveBack(tools, attemptId, error),
  );
  const claimedAt = tools.io.monotonic();
  if (claim === null) return afterNoClaim(tools, job, signal);
  await sendParts(tools, network, claim, claimedAt);
}

/** The answer to a claim was lost, and it may have been committed: nothing has left, so that it is given back. */
async function giveBack(tools: PublishTools, attemptId: string, error: unknown): Promise<never> {
  await untilWritten(() => releaseClaim(tools.database, attemptId, 'The database went away during the claim.'));
  throw error;
}

/** `sent` at once only where nothing takes time between the claim and the request: no record to prepare, no card's picture. */
function firstPhase({ profile, prepare }: Network): 'reserved' | 'sent' {
  const buildsCards = profile.powers.linkCard === 'client' && profile.limits.images !== null;
  return isRepeatable(profile.powers) && prepare === undefined && !buildsCards ? 'sent' : 'reserved';
}

async function sendParts(tools: PublishTools, network: Network, claim: Claim, claimedAt: number): Promise<void> {
  const { database, io } = tools;
  const broke = await untilWritten(() => overCap(tools, claim, claim.capMicroUsd));
  if (broke !== null) return untilWritten(() => afterFailure(tools, network, claim, claim.attemptId, broke));
  const pictures = await fetchPictures(tools, claim.parts.slice(claim.part), claim, claim.tries);
  if ('kind' in pictures) return untilWritten(() => afterFailure(tools, network, claim, claim.attemptId, pictures));
  const receipts = claim.part === 0 ? [] : await untilWritten(() => listReceipts(database, claim.postId));
  let current: OpenAttempt = {
    attemptId: claim.attemptId,
    phase: claim.phase,
    key: claim.key,
    createdAt: claim.createdAt,
    frozen: claim.frozen,
    openedAt: claimedAt,
  };
  for (let part = claim.part; part < claim.parts.length; part++) {
    if (part > claim.part) {
      const attemptId = io.id('attempt');
      const phase = claim.parts.some(needsPictures) ? 'reserved' : firstPhase(network);
      const opened = await openNextPart(database, claim, part, tools.workerId, attemptId, phase).catch(
        (error: unknown) => giveBack(tools, attemptId, error),
      );
      // Held or taken over between two parts: the sweep goes on with this one.
      if (opened === null) return;
      current = { attemptId, phase, ...opened, openedAt: io.monotonic() };
    }
    const outcome = await sendPart(tools, network, claim, part, receipts, current, pictures[part - claim.part]);
    if (outcome === null) return;
    const { attemptId } = current;
    if (outcome.kind !== 'published') {
      return untilWritten(() => afterFailure(tools, network, claim, attemptId, outcome));
    }
    const isLast = part === claim.parts.length - 1;
    const price = priceOf(network.profile, claim.parts.slice(part, part + 1));
    const settled = await untilWritten(() => recordPublished(database, attemptId, outcome.receipt, isLast, price));
    if (!settled)
      tools.log.error(
        { postId: claim.postId, attemptId, remoteId: outcome.receipt.remoteId },
        'a receipt came for an attempt that was settled otherwise',
      );
    receipts.push(outcome.receipt);
  }
}

interface OpenAttempt {
  readonly attemptId: string;
  readonly phase: 'reserved' | 'sent';
  readonly key: string;
  readonly createdAt: Date;
  readonly frozen: unknown;
  readonly openedAt: number;
}

/** @returns null where the part may not be sent and the claim was given back. */
async function sendPart(
  tools: PublishTools,
  network: Network,
  claim: Claim,
  part: number,
  receipts: readonly Receipt[],
  attempt: OpenAttempt,
  pictures: Pictures | undefined,
): Promise<Outcome | null> {
  const { database, io } = tools;
  const fault = faultsOf(claim.parts, claim).find(({ pointer }) => pointer.startsWith(`/parts/${part}/`));
  if (fault !== undefined) return { kind: 'refused', cause: causeOf(fault.code), detail: fault.message };
  const credentials = openCredentials(tools.keyring, network, claim.accountId, claim.credentials);
  const signal = AbortSignal.timeout(REQUEST_MS);
  const networkIo = tools.networkIo(claim.accountId, signal);
  let message = messageOf(claim, part, receipts, attempt, pictures);
  let openedAt = attempt.openedAt;
  try {
    if (attempt.phase === 'reserved') {
      if (network.prepare !== undefined && message.frozen === null) {
        message = { ...message, frozen: await network.prepare(message, credentials, networkIo) };
      }
      const mine = await markSent(
        database,
        { postId: claim.postId, attemptId: attempt.attemptId, fence: claim.fence },
        message.frozen,
      );
      if (!mine) {
        await untilWritten(() =>
          releaseClaim(database, attempt.attemptId, 'The post was held or taken over before its request left.'),
        );
        return null;
      }
      openedAt = io.monotonic();
    }
  } catch (error) {
    return notSent(`The post could not be prepared: ${(error as Error).message}`);
  }
  const stoodMs = io.monotonic() - openedAt;
  if (stoodMs > SEND_WITHIN_MS) {
    return notSent(`This process stood still for more than ${SEND_WITHIN_MS / 1000} s before the request could leave.`);
  }
  if (stoodMs > HOLD_LOOK_MS && (await isHeld(database, claim.postId).catch(() => true))) {
    return notSent('Publishing was held before the request left.');
  }
  const gate = heldGate(networkIo, () => isHeld(database, claim.postId), io.monotonic, openedAt);
  return sendOnce(tools, network, message, credentials, claim, gate);
}

async function sendOnce(
  tools: PublishTools,
  network: Network,
  message: Message,
  credentials: unknown,
  claim: Claim,
  networkIo: Parameters<Network['publish']>[2],
): Promise<Outcome> {
  try {
    return await network.publish(message, credentials, networkIo);
  } catch (error) {
    // A network file returns its failures; a throw is a defect of ours, and nobody knows what has left.
    tools.log.error({ err: error, postId: claim.postId, network: claim.network }, 'a network threw while publishing');
    return {
      kind: 'unknown',
      cause: 'internal',
      detail: `standfirst failed while sending: ${String((error as Error).message).slice(0, 1024)}`,
    };
  }
}

/** The network's limits, or the account's own, became tighter since the post was approved. */
function causeOf(code: string): Cause {
  return code === 'too-long' ? 'too_long' : 'content_rejected';
}

function notSent(detail: string): Failure {
  return { kind: 'down', cause: 'internal', detail: detail.slice(0, 1024) };
}

async function afterFailure(
  tools: PublishTools,
  network: Network,
  claim: Claim,
  attemptId: string,
  failure: Failure,
): Promise<void> {
  const { database, bell, io } = tools;
  const canFind = network.profile.powers.find !== 'none';
  const verdict = verdictOf(failure, { tries: claim.tries, canFind, now: io.now(), chance: io.chance() });
  if (failure.kind === 'limited' && verdict.state === 'scheduled' && verdict.wakeAt !== null) {
    await blockAccount(database, claim.accountId, verdict.wakeAt);
  }
  if (verdict.state === 'failed' && verdict.signsOut) await markSignedOut(database, claim.accountId, failure);
  const moved = await recordFailure(database, attemptId, failure, verdict);
  if (failure.kind === 'refused' && failure.cause === 'permission') {
    await database.transaction((sql) => pauseAfterRefusals(sql, claim.accountId, failure));
  }
  if (moved === null) return;
  if (verdict.state === 'unknown' && verdict.checkAfterMs !== null) {
    await bell.ring('reconcile', { attemptId, checks: 0 }, { at: new Date(io.now().getTime() + verdict.checkAfterMs) });
  }
  if (moved.wakeAt !== null) {
    await bell.ring(
      'publish',
      { postId: claim.postId, network: claim.network, wake: moved.wake },
      { at: moved.wakeAt },
    );
  }
}

/** The claim found nothing: mostly another worker was first. What is left to do depends on why. */
async function afterNoClaim(
  tools: PublishTools,
  job: { postId: string; network: string },
  signal: AbortSignal,
): Promise<void> {
  const why = await whyNotClaimed(tools.database, job.postId);
  if (why === null || why.state !== 'scheduled') return;
  tools.log.debug({ postId: job.postId, why }, 'post not claimed');
  if (why.isStale && (why.waitMs ?? 0) <= 0) {
    await expirePosts(tools.database, 100);
    return;
  }
  if (why.waitMs !== null && why.waitMs > 0 && why.waitMs <= EARLY_MS) {
    await new Promise((resolve) => setTimeout(resolve, Math.ceil(why.waitMs ?? 0) + 1));
    if (!signal.aborted) await publish(tools, job, signal);
  }
}
