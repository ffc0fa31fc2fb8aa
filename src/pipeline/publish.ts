import type { Receipt } from '../domain/attempt.ts';
import type { Failure } from '../domain/errors.ts';
import { verdictOf } from '../domain/verdict.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Network } from '../networks/network.ts';
import { priceOf } from '../networks/price.ts';
import { networkOf } from '../networks/registry.ts';
import { blockAccount, markSignedOut } from '../store/account.ts';
import { pauseAfterRefusals } from '../store/account-pause.ts';
import { listAttempts, listReceipts, recordFailure, releaseClaim } from '../store/attempt.ts';
import { recordThread } from '../store/attempt-thread.ts';
import { openNextPart, whyNotClaimed } from '../store/claim.ts';
import type { Claim } from '../store/claim.ts';
import { expirePosts } from '../store/post-moves.ts';
import { waitBehind } from '../store/post-times.ts';
import { overCap } from './budget.ts';
import { fetchPictures, needsPictures, sendsCardPictures } from './images.ts';
import { twinsOf } from './limits.ts';
import { linkAnswers } from './link-answers.ts';
import { pace } from './pace.ts';
import { renewRefused } from './refresh.ts';
import { isRepeatable } from './repeatable.ts';
import { accountOf, send } from './send.ts';
import type { OpenAttempt } from './send.ts';
import type { Tools } from './tools.ts';
import { untilWritten } from './until-written.ts';

type PublishTools = Pick<
  Tools,
  | 'database'
  | 'ledger'
  | 'bell'
  | 'http'
  | 'io'
  | 'keyring'
  | 'networkIo'
  | 'publicUrl'
  | 'timeZone'
  | 'workerId'
  | 'log'
  | 'trace'
>;

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
  const { postId } = job;
  const claim = await tools.ledger
    .claim({ postId, workerId: tools.workerId, attemptId, phase: firstPhase(network) })
    .catch((error: unknown) => giveBack(tools, attemptId, error));
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
  const isAtOnce = isRepeatable(profile.powers) && prepare === undefined && !sendsCardPictures(profile);
  return isAtOnce ? 'sent' : 'reserved';
}

async function sendParts(tools: PublishTools, network: Network, claim: Claim, claimedAt: number): Promise<void> {
  const { database, io } = tools;
  const broke = await untilWritten(() => overCap(tools, claim, claim.capMicroUsd));
  if (broke !== null) return untilWritten(() => afterFailure(tools, claim, claim.attemptId, broke));
  const { mustAnswer } = claim;
  const deadLink = mustAnswer === null || claim.part > 0 ? null : await linkAnswers(tools, mustAnswer);
  if (deadLink !== null) return untilWritten(() => afterFailure(tools, claim, claim.attemptId, deadLink));
  const going = { account: accountOf(claim), postId: claim.postId, parts: claim.parts, at: io.now() };
  const [near = []] = await untilWritten(() => twinsOf(database, [going]));
  // What is on its way may never get there: two that wait for each other would both be refused.
  const twins = near.filter(({ isOut }) => isOut);
  const pictures = await fetchPictures(tools, claim.parts.slice(claim.part), claim, claim.tries);
  if ('kind' in pictures) return untilWritten(() => afterFailure(tools, claim, claim.attemptId, pictures));
  const receipts = claim.part === 0 ? [] : await untilWritten(() => listReceipts(database, claim.postId));
  const { replyTo } = claim;
  const answered = replyTo === null ? [] : await untilWritten(() => listReceipts(database, replyTo));
  let current: OpenAttempt = { ...claim, openedAt: claimedAt };
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
    const outcome = await traced(tools, claim, part, current, () =>
      send(tools, network, claim, part, { receipts, answered, twins }, current, pictures.slice(part - claim.part)),
    );
    if (outcome === null) return;
    const { attemptId } = current;
    if (outcome.kind !== 'published') {
      return untilWritten(() => afterFailure(tools, claim, attemptId, outcome));
    }
    // As many as there are parts left: one price is the last part's.
    const prices = claim.parts.slice(part).map((one) => priceOf(network.profile, [one]));
    const isSettled = await untilWritten(() => writeDown(tools, attemptId, outcome.receipts, prices));
    if (!isSettled)
      tools.log.error(
        { postId: claim.postId, attemptId, remoteId: outcome.receipts[0]?.remoteId },
        'a receipt came for an attempt that was settled otherwise',
      );
    part += outcome.receipts.length - 1;
    receipts.push(...outcome.receipts);
  }
}

/** The try at one part as a span, which the attempt keeps: a later look-up of the attempt is linked to it. */
function traced(
  { trace }: PublishTools,
  { postId, accountId, network }: Claim,
  part: number,
  { attemptId }: OpenAttempt,
  work: () => ReturnType<typeof send>,
): ReturnType<typeof send> {
  if (!trace.isOn) return work();
  const says = {
    'standfirst.postId': postId,
    'standfirst.accountId': accountId,
    'standfirst.network': network,
    'standfirst.attemptId': attemptId,
    'standfirst.part': part,
  };
  return trace.span('attempt', { kind: 'client', says }, async (span) => {
    const followed = trace.follow(attemptId);
    const outcome = await work();
    span.says({ 'standfirst.outcome': outcome?.kind ?? 'not-sent' });
    if (outcome !== null && outcome.kind !== 'published') span.fails(outcome.cause);
    await followed;
    return outcome;
  });
}

/** One receipt settles the attempt's part; several are a thread that went out whole. */
function writeDown(
  { database, ledger, io }: PublishTools,
  attemptId: string,
  receipts: readonly Receipt[],
  prices: readonly number[],
): Promise<boolean> {
  const live = receipts.map((receipt, part) => {
    return { id: part === 0 ? attemptId : io.id('attempt'), receipt, microUsd: prices[part] ?? 0 };
  });
  const [first, ...rest] = live;
  if (first === undefined) throw new RangeError('A part went out without a receipt.');
  const { receipt, microUsd } = first;
  return rest.length === 0
    ? ledger.recordPublished({ attemptId, receipt, isLast: prices.length === 1, microUsd })
    : database.transaction((sql) => recordThread(sql, first, rest));
}

/** Refused credentials that can be renewed are renewed, and the post tried with them once: X's own may have ended early. */
async function tryRenewed(tools: PublishTools, claim: Claim, { kind }: Failure): Promise<Verdict | null> {
  if (kind !== 'signed-out' || networkOf(claim.network).refresh === undefined) return null;
  const tried = await listAttempts(tools.database, claim.postId);
  if (tried.some(({ phase, revision }) => phase === 'signed-out' && revision === claim.revision)) return null;
  const hasOthers = await renewRefused(tools, claim.accountId, claim.credentials);
  return hasOthers ? { state: 'scheduled', afterMs: 1_000, countsAsTry: true } : null;
}

async function afterFailure(tools: PublishTools, claim: Claim, attemptId: string, failure: Failure): Promise<void> {
  const { database, bell, io } = tools;
  const verdict =
    (await tryRenewed(tools, claim, failure)) ?? verdictOf(failure, { tries: claim.tries, chance: io.chance() });
  if (failure.kind === 'limited' && verdict.state === 'scheduled') {
    await blockAccount(database, claim.accountId, verdict.afterMs);
  }
  if (verdict.state === 'failed' && verdict.signsOut)
    await markSignedOut(database, claim.accountId, claim.credentials, failure);
  const moved = await recordFailure(database, attemptId, failure, verdict);
  if (failure.kind === 'refused' && failure.cause === 'permission') {
    await database.transaction((sql) => pauseAfterRefusals(sql, claim.accountId, failure));
  }
  if (moved === null) return;
  if (verdict.state === 'unknown') {
    await bell.ring('reconcile', { attemptId, checks: 0 }, { at: new Date(io.now().getTime() + verdict.checkAfterMs) });
  }
  if (moved.wakeAt !== null) {
    if (failure.cause === 'provider_down') await waitBehind(database, claim.accountId, claim.postId, moved.wakeAt);
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
  if (why.needsPace && !why.isHeld && !why.isEmbargoed && why.accountState === 'connected') {
    if ((why.blockedMs ?? 0) > 0) return;
    await pace(tools, why.accountId);
    // Its turn may be now, and without a queue nobody else would come for it in time.
    const after = await whyNotClaimed(tools.database, job.postId);
    if (after?.needsPace === false && (after.waitMs ?? Infinity) <= 0) await publish(tools, job, signal);
    return;
  }
  if (why.waitMs !== null && why.waitMs > 0 && why.waitMs <= EARLY_MS) {
    await new Promise((resolve) => setTimeout(resolve, Math.ceil(why.waitMs ?? 0) + 1));
    if (!signal.aborted) await publish(tools, job, signal);
  }
}
