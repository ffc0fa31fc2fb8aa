import type { Failure } from '../domain/errors.ts';
import { verdictOf } from '../domain/verdict.ts';
import type { Verdict } from '../domain/verdict.ts';
import { networkOf } from '../networks/registry.ts';
import { blockAccount, markSignedOut } from '../store/account-health.ts';
import { pauseAfterRefusals } from '../store/account-pause.ts';
import { listAttempts, recordFailure, releaseClaim } from '../store/attempt.ts';
import type { Claim } from '../store/claim.ts';
import { leaveToPerson } from '../store/in-doubt.ts';
import { movePosts } from '../store/move-posts.ts';
import { waitBehind } from '../store/post-times.ts';
import { ringAgain } from './late-news.ts';
import { renewRefused } from './refresh.ts';
import { ringAlarms } from './schedule.ts';
import type { Tools } from './tools.ts';
import { untilWritten } from './until-written.ts';

/** What becomes of a claimed post that did not go out: tried again later, given back, failed, or in doubt. */

type SetBackTools = Pick<Tools, 'database' | 'bell' | 'keyring' | 'networkIo' | 'io' | 'log' | 'timeZone'>;

/** Refused credentials that can be renewed are renewed, and the post tried with them once: X's own may have ended early. */
async function tryRenewed(tools: SetBackTools, claim: Claim, { kind }: Failure): Promise<Verdict | null> {
  if (kind !== 'signed-out' || networkOf(claim.network).refresh === undefined) return null;
  const tried = await listAttempts(tools.database, claim.postId);
  if (tried.some(({ phase, revision }) => phase === 'signed-out' && revision === claim.revision)) return null;
  const hasOthers = await renewRefused(tools, claim.accountId, claim.credentials);
  return hasOthers ? { state: 'scheduled', afterMs: 1_000, countsAsTry: true } : null;
}

/** Writes down what came instead of a receipt, and sees to what follows from it. */
export async function afterFailure(
  tools: SetBackTools,
  claim: Claim,
  attemptId: string,
  failure: Failure,
): Promise<void> {
  const { database, bell, io } = tools;
  const verdict =
    (await tryRenewed(tools, claim, failure)) ?? verdictOf(failure, { tries: claim.tries, chance: io.chance() });
  if (failure.kind === 'limited' && verdict.state === 'scheduled') {
    await blockAccount(database, claim.accountId, verdict.afterMs);
  }
  if (verdict.state === 'failed' && verdict.signsOut)
    await markSignedOut(database, claim.accountId, claim.credentials, failure);
  const moved =
    verdict.state === 'failed'
      ? await database.transaction(async (sql) => {
          const failed = await recordFailure(sql, attemptId, failure, verdict);
          await leaveToPerson(sql, [claim.postId]);
          return failed;
        })
      : await recordFailure(database, attemptId, failure, verdict);
  if (failure.kind === 'refused' && failure.cause === 'permission') {
    await database.transaction((sql) => pauseAfterRefusals(sql, claim.accountId, failure));
  }
  if (moved === null) return;
  if (verdict.state === 'unknown') {
    await bell.ring('reconcile', { attemptId, checks: 0 }, { at: new Date(io.now().getTime() + verdict.checkAfterMs) });
  }
  if (moved.wakeAt !== null) {
    if (failure.cause === 'provider_down') await waitBehind(database, claim.accountId, claim.postId, moved.wakeAt);
    const { postId, wake, wakeAt: at } = moved;
    // Nothing moves for a post that nobody knows will ever go.
    const ring = failure.cause === 'link_down' ? ringAlarms : ringAgain;
    await ring(tools, [{ postId, network: claim.network, wake, at, isFirst: moved.urgency === 'breaking' }]);
  }
}

/** What may not go out now waits for the end of what keeps it back, and is rung for: it may have ended meanwhile. */
export async function waitAgain(
  tools: Pick<SetBackTools, 'database' | 'bell' | 'io'>,
  { postId, network }: Claim,
  attemptId: string,
  detail: string,
): Promise<void> {
  const moved = await untilWritten(() => releaseClaim(tools.database, attemptId, detail));
  if (moved === null || moved.wakeAt === null) return;
  await ringAlarms(tools, [
    { postId, network, wake: moved.wake, at: moved.wakeAt, isFirst: moved.urgency === 'breaking' },
  ]);
}

/** What it leads to answers: the post takes its turn now, and what collides with it moves. */
export async function takeTurn(tools: SetBackTools, { postId, network }: Claim, attemptId: string): Promise<void> {
  const detail = 'What the post leads to answers: it takes its turn.';
  const moved = await untilWritten(() => releaseClaim(tools.database, attemptId, detail));
  if (moved === null || moved.wakeAt === null) return;
  await ringAgain(tools, [
    { postId, network, wake: moved.wake, at: moved.wakeAt, isFirst: moved.urgency === 'breaking' },
  ]);
}

/** It shows the address of a story under embargo, and wakes when that ends. */
export async function waitForEmbargo(
  tools: SetBackTools,
  { postId: id }: Claim,
  attemptId: string,
  at: Date,
): Promise<void> {
  const { database } = tools;
  const released = await untilWritten(() =>
    releaseClaim(database, attemptId, 'The post leads to a story that is under embargo, or says what it says.'),
  );
  if (released === null) return;
  const because = { actor: 'policy', data: { embargoUntil: at.toISOString() } };
  const moved = await movePosts(database, [{ id, at, wake: released.wake }], because, {
    keepDue: true,
    isEmbargo: true,
  });
  await ringAgain(
    tools,
    moved.map(({ urgency, ...post }) => ({ ...post, isFirst: urgency === 'breaking' })),
  );
}
