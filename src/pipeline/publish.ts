import type { Receipt } from '../domain/attempt.ts';
import type { Network } from '../networks/network.ts';
import { priceOf } from '../networks/price.ts';
import { networkOf } from '../networks/registry.ts';
import { listReceipts, releaseClaim } from '../store/attempt.ts';
import { recordThread } from '../store/attempt-thread.ts';
import type { LivePart } from '../store/attempt-thread.ts';
import { whyNotClaimed } from '../store/claim.ts';
import { isAnswerLost, outwaitWriters } from '../store/lost-answer.ts';
import { openNextPart } from '../store/leaving.ts';
import type { Claim } from '../store/claim.ts';
import { recordLateReceipt } from '../store/late-receipt.ts';
import { expirePosts } from '../store/expire.ts';
import { withApprovedImages } from './approved-images.ts';
import { countAge } from './age.ts';
import type { Age } from './age.ts';
import { overCap } from './budget.ts';
import { HOLD_LOOK_MS, keeperSays } from './held-gate.ts';
import { fetchPictures, needsPictures, sendsCardPictures } from './images.ts';
import { twinAskOf } from './limits.ts';
import { moveBehindLate } from './late-news.ts';
import { linksAnswer, shownBy } from './link-answers.ts';
import { refusedAsEmpty } from './nothing-to-send.ts';
import { pace } from './pace.ts';
import { isRepeatable } from './repeatable.ts';
import { accountOf, send } from './send.ts';
import type { OpenAttempt } from './send.ts';
import { afterFailure, takeTurn, waitAgain, waitForEmbargo } from './set-back.ts';
import { shownEmbargo } from './shown-embargo.ts';
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
 * @param onAnswered called when the network has taken all of it, and only the receipt is still to be written.
 */
export async function publish(
  tools: PublishTools,
  job: { postId: string; network: string },
  signal: AbortSignal,
  onAnswered: () => void = () => {},
): Promise<void> {
  const network = networkOf(job.network);
  const attemptId = tools.io.id('attempt');
  const { postId } = job;
  const age = countAge(tools.io);
  const claim = await tools.ledger
    .claim({ postId, workerId: tools.workerId, attemptId, phase: firstPhase(network) })
    .catch((error: unknown) => giveBack(tools, { postId, attemptId }, error));
  if (claim === null) return afterNoClaim(tools, job, signal, onAnswered);
  await Promise.all([sendParts(tools, network, claim, age, onAnswered), moveBehindLate(tools, claim)]);
}

/**
 * The answer to a claim was lost, and it may have been committed, or be about to be: a commit can hang for longer than it is
 * waited for. Nothing has left, so that it is given back, once it is known what became of it.
 */
async function giveBack(
  { database }: PublishTools,
  { postId, attemptId }: { postId: string; attemptId: string },
  error: unknown,
): Promise<never> {
  await untilWritten(async () => {
    if (isAnswerLost(error)) await outwaitWriters(database, postId);
    return releaseClaim(database, attemptId, 'The database went away during the claim.');
  });
  throw error;
}

/** `sent` at once only where nothing takes time between the claim and the request: no record to prepare, no card's picture. */
function firstPhase({ profile, prepare }: Network): 'reserved' | 'sent' {
  const isAtOnce = isRepeatable(profile.powers) && prepare === undefined && !sendsCardPictures(profile);
  return isAtOnce ? 'sent' : 'reserved';
}

async function sendParts(
  tools: PublishTools,
  network: Network,
  claim: Claim,
  claimedAge: Age,
  onAnswered: () => void,
): Promise<void> {
  const { database, ledger, io } = tools;
  const empty = refusedAsEmpty(claim.parts, accountOf(claim));
  const broke = empty ?? (await untilWritten(() => overCap(tools, claim, claim.capMicroUsd)));
  if (broke !== null) return untilWritten(() => afterFailure(tools, claim, claim.attemptId, broke));
  const deadLink = claim.linkMustAnswer && claim.part === 0 ? await linksAnswer(tools, shownBy(claim)) : null;
  if (deadLink !== null) return untilWritten(() => afterFailure(tools, claim, claim.attemptId, deadLink));
  if (claim.needsTurn) return takeTurn(tools, claim, claim.attemptId);
  const ask = twinAskOf({ account: accountOf(claim), postId: claim.postId, parts: claim.parts, at: io.now() });
  const near = ask === null ? [] : await untilWritten(() => ledger.twins(ask));
  // What is on its way may never get there: two that wait for each other would both be refused.
  const twins = near.filter(({ isOut }) => isOut);
  const shown = await untilWritten(() => withApprovedImages(database, claim, claim.parts.slice(claim.part)));
  const pictures = await fetchPictures(tools, shown, claim, claim.tries);
  if ('kind' in pictures) return untilWritten(() => afterFailure(tools, claim, claim.attemptId, pictures));
  const receipts = claim.part === 0 ? [] : await untilWritten(() => listReceipts(database, claim.postId));
  const { replyTo } = claim;
  const answered = replyTo === null ? [] : await untilWritten(() => listReceipts(database, replyTo));
  let current: OpenAttempt = { ...claim, age: claimedAge };
  for (let part = claim.part; part < claim.parts.length; part++) {
    if (part > claim.part) {
      const attemptId = io.id('attempt');
      const phase = claim.parts.some(needsPictures) ? 'reserved' : firstPhase(network);
      const age = countAge(io);
      const opened = await openNextPart(database, claim, part, tools.workerId, attemptId, phase).catch(
        (error: unknown) => giveBack(tools, { postId: claim.postId, attemptId }, error),
      );
      // Taken over between two parts: it is another's now.
      if (opened === null) return;
      const { keeper } = opened;
      if (keeper !== null) return waitAgain(tools, claim, attemptId, keeperSays[keeper]);
      current = { attemptId, phase, ...opened, age };
    }
    const isShort = !claim.linkMustAnswer && !claim.parts.some(needsPictures) && part === claim.part;
    const tookLong = !isShort || claimedAge.ms() > HOLD_LOOK_MS;
    // Where none was open when it was claimed, one may have begun since.
    const mayBeEmbargoed = claim.mayBeEmbargoed || tookLong;
    const until = mayBeEmbargoed ? await untilWritten(() => shownEmbargo(database, claim)) : null;
    if (until !== null) return waitForEmbargo(tools, claim, current.attemptId, until);
    const outcome = await traced(tools, claim, part, current, () =>
      send(tools, network, claim, part, { receipts, answered, twins }, current, pictures.slice(part - claim.part)),
    );
    const { attemptId } = current;
    if (outcome.kind === 'kept-back') return waitAgain(tools, claim, attemptId, outcome.detail);
    if (outcome.kind !== 'published') {
      return untilWritten(() => afterFailure(tools, claim, attemptId, outcome));
    }
    if (part + outcome.receipts.length === claim.parts.length) onAnswered();
    // As many as there are parts left: one price is the last part's.
    const prices = claim.parts.slice(part).map((one) => priceOf(network.profile, [one]));
    const live = liveParts(tools, attemptId, outcome.receipts, prices);
    const isLast = part + live.length === claim.parts.length;
    const isSettled = await untilWritten(() => writeDown(tools, live, isLast));
    if (!isSettled) return answeredLate(tools, claim, live, isLast);
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
    span.says({ 'standfirst.outcome': outcome.kind === 'kept-back' ? 'not-sent' : outcome.kind });
    if ('cause' in outcome) span.fails(outcome.cause);
    await followed;
    return outcome;
  });
}

/** The first is the attempt's part; several are a thread that went out whole. */
function liveParts(
  { io }: PublishTools,
  attemptId: string,
  receipts: readonly Receipt[],
  prices: readonly number[],
): Live {
  const [first, ...rest] = receipts.map((receipt, part) => {
    return { id: part === 0 ? attemptId : io.id('attempt'), receipt, microUsd: prices[part] ?? 0 };
  });
  if (first === undefined) throw new RangeError('A part went out without a receipt.');
  return [first, ...rest];
}

type Live = readonly [LivePart, ...LivePart[]];

function writeDown({ database, ledger }: PublishTools, [first, ...rest]: Live, isLast: boolean): Promise<boolean> {
  const { id: attemptId, receipt, microUsd } = first;
  return rest.length === 0
    ? ledger.recordPublished({ attemptId, receipt, isLast, microUsd })
    : database.transaction((sql) => recordThread(sql, first, rest));
}

/** Somebody had settled the attempt meanwhile: what came of it is in the post's history, and told where it went out twice. */
async function answeredLate(
  { database, log }: PublishTools,
  { postId }: Claim,
  [first, ...rest]: Live,
  isLast: boolean,
): Promise<void> {
  const answer = await untilWritten(() => recordLateReceipt(database, { first, rest, isLast }));
  const says = { postId, attemptId: first.id, remoteId: first.receipt.remoteId, answer };
  log.error(says, 'a receipt came for an attempt that was settled otherwise');
}

/** The claim found nothing: mostly another worker was first. What is left to do depends on why. */
async function afterNoClaim(
  tools: PublishTools,
  job: { postId: string; network: string },
  signal: AbortSignal,
  onAnswered: () => void,
): Promise<void> {
  const why = await whyNotClaimed(tools.database, job.postId);
  if (why === null || why.state !== 'scheduled') return;
  tools.log.debug({ postId: job.postId, why }, 'post not claimed');
  if (why.isStale && (why.waitMs ?? 0) <= 0) {
    await tools.database.transaction((sql) => expirePosts(sql, 100));
    return;
  }
  // Without a token it would not go at its new time either, and would be given another one at every ring.
  const isOnlyLate = why.needsPace && !why.isHeld && !why.isEmbargoed && !why.needsToken;
  if (isOnlyLate && why.accountState === 'connected') {
    if ((why.blockedMs ?? 0) > 0) return;
    await pace(tools, why.accountId);
    // Its turn may be now, and without a queue nobody else would come for it in time.
    const after = await whyNotClaimed(tools.database, job.postId);
    if (after?.needsPace === false && (after.waitMs ?? Infinity) <= 0) await publish(tools, job, signal, onAnswered);
    return;
  }
  if (why.waitMs !== null && why.waitMs > 0 && why.waitMs <= EARLY_MS) {
    await new Promise((resolve) => setTimeout(resolve, Math.ceil(why.waitMs ?? 0) + 1));
    if (!signal.aborted) await publish(tools, job, signal, onAnswered);
  }
}
