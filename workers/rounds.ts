import type { Context } from '../src/context.ts';
import type { Payload } from '../src/jobs/jobs.ts';
import type { RingOptions } from '../src/jobs/queue.ts';
import { ringAgain } from '../src/pipeline/late-news.ts';
import { HORIZON_MS } from '../src/pipeline/schedule.ts';
import { pagesToWatch } from '../src/store/article-watch.ts';
import { idleCorrections } from '../src/store/correction.ts';
import { expirePosts } from '../src/store/expire.ts';
import type { Sql } from '../src/store/database.ts';
import { approvedWithoutTime } from '../src/store/post-times.ts';
import { dueSources } from '../src/store/source-poll.ts';
import { openSteps } from '../src/store/step.ts';
import {
  accountsToCheck,
  accountsToRefresh,
  attemptsToCheck,
  orphanSent,
  overduePosts,
  postsWithin,
  releaseBetweenParts,
  releaseReserved,
} from '../src/store/sweep.ts';
import type { Overdue, Ring } from '../src/store/sweep.ts';
import { forgetWorkers } from '../src/store/worker.ts';
import type { Alone } from './alone.ts';

/** What a round of the sweep does (`sweep.ts`), step by step. Each may run again at any time, and beside other processes. */

/** A ring of the sweep that has brought nothing by then, while later posts went, met a job that nobody works on. */
const SECOND_RING_MS = 6_000;
/** Longer than a look-up takes: one that is due for so long is not under way, whatever the queue says. */
const LOOK_UP_AGAIN_MS = 35_000;
const PER_ROUND = 1_000;
/** So many times that a round publishes at most where the queue is away. */
const PAGES = 10;
/** A step whose job was lost is rung again after this long without news. */
const STEP_IDLE_MS = 15_000;
const REFRESH_AHEAD_MS = 30 * 60_000;
/** The whole horizon is rung again this often; adding a job that exists is a no-op. */
export const HORIZON_EVERY_MS = 300_000;
/** What is older than it is kept is forgotten this often. */
export const TIDY_EVERY_MS = 6 * 3_600_000;

export async function settleTheDead(context: Context): Promise<void> {
  const { database, bell, log } = context;
  const orphans = await orphanSent(database);
  if (orphans.length > 0)
    log.warn({ attempts: orphans.length }, 'a worker died with requests under way: looking them up');
  await bell.ringMany(
    'reconcile',
    orphans.map(({ attemptId }) => ({ payload: { attemptId, checks: 0 } })),
  );
  const released = [
    ...(await database.transaction((sql) => releaseReserved(sql))),
    ...(await releaseBetweenParts(database)),
  ];
  if (released.length > 0)
    log.warn({ posts: released.length }, 'a worker died before its requests left: sending them now');
  await ringAgain(
    context,
    released.map(({ wakeAt: at, urgency, ...post }) => ({ ...post, at, isFirst: urgency === 'breaking' })),
  );
}

export async function ringTheLate(context: Context, alone: Alone, lateMs: number): Promise<void> {
  const { database, bell, log } = context;
  await database.transaction((sql) => expirePosts(sql, PER_ROUND));
  const oldest = await overduePosts(database, lateMs, PER_ROUND);
  if (oldest.length === 0) return;
  const late = [...(await newsBehind(database, alone, lateMs, oldest)), ...oldest];
  if (
    await bell.ringMany(
      'publish',
      late.map((post) => lateRingOf(post)),
    )
  )
    return;
  log.warn({ posts: late.length }, 'the queue cannot be reached: publishing from the database');
  await publishAlone(context, alone, lateMs, late);
}

/** Breaking news that is due behind as many as a round looks at goes before them: its alarm may have been the one that was lost. */
async function newsBehind(
  sql: Sql,
  alone: Alone,
  lateMs: number,
  oldest: readonly Overdue[],
): Promise<readonly Overdue[]> {
  if (oldest.length < PER_ROUND) return [];
  const postIds = [...oldest, ...alone.busy.postIds.map((postId) => ({ postId }))].map(({ postId }) => postId);
  return overduePosts(sql, lateMs, PER_ROUND, { postIds, isBreaking: true });
}

/** The oldest that are due may all be for one server, which takes some of them: so it looks further, past what it has seen. */
async function publishAlone(
  { database }: Context,
  alone: Alone,
  lateMs: number,
  first: readonly Overdue[],
): Promise<void> {
  const seen: string[] = [];
  let page = first;
  for (let n = 0; n < PAGES; n++) {
    alone.take(page);
    if (page.length < PER_ROUND) return;
    seen.push(...page.map(({ postId }) => postId));
    const { postIds, lanes } = alone.busy;
    page = await overduePosts(database, lateMs, PER_ROUND, { postIds: [...seen, ...postIds], lanes });
  }
}

/** @returns whether every post due within the horizon has its job. */
export async function ringTheHorizon({ database, bell }: Context): Promise<boolean> {
  let after: { wakeAt: Date; postId: string } | null = null;
  for (;;) {
    const page: Ring[] = await postsWithin(database, HORIZON_MS + HORIZON_EVERY_MS, after, PER_ROUND);
    if (
      page.length > 0 &&
      !(await bell.ringMany(
        'publish',
        page.map((post) => ringOf(post)),
      ))
    )
      return false;
    const last = page.at(-1);
    if (last === undefined || page.length < PER_ROUND) return true;
    after = { wakeAt: last.wakeAt, postId: last.postId };
  }
}

export function ringTidy({ bell, io }: Context): Promise<boolean> {
  return bell.ring('tidy', { round: Math.floor(io.now().getTime() / TIDY_EVERY_MS) });
}

export async function ringTheRest({ database, bell }: Context): Promise<void> {
  const sources = await dueSources(database, PER_ROUND);
  await bell.ringMany(
    'poll',
    sources.map((source) => ({ payload: source, how: { isAgain: true } })),
  );
  const pages = await pagesToWatch(database, PER_ROUND);
  await bell.ringMany(
    'watch',
    pages.map((page) => ({ payload: page })),
  );
  for (const correction of await idleCorrections(database, STEP_IDLE_MS)) await bell.ring('correct', correction);
  for (const { articleId, name } of await openSteps(database, STEP_IDLE_MS, PER_ROUND))
    await bell.ring(name, { articleId });
  const approved = await approvedWithoutTime(database, STEP_IDLE_MS, PER_ROUND);
  await bell.ringMany(
    'schedule',
    approved.map((post) => ({ payload: post })),
  );
  const unknown = await attemptsToCheck(database, PER_ROUND);
  await bell.ringMany(
    'reconcile',
    unknown.map(({ attemptId, checks, lateMs }) => ({
      payload: { attemptId, checks },
      how: { isAgain: lateMs > LOOK_UP_AGAIN_MS },
    })),
  );
  const expiring = await accountsToRefresh(database, REFRESH_AHEAD_MS);
  await bell.ringMany(
    'refresh',
    expiring.map((account) => ({ payload: account })),
  );
  const unseen = await accountsToCheck(database, PER_ROUND);
  await bell.ringMany(
    'check',
    unseen.map((account) => ({ payload: account })),
  );
  await forgetWorkers(database);
}

function ringOf({ postId, network, wake, wakeAt, urgency }: Ring): { payload: Payload<'publish'>; how: RingOptions } {
  return { payload: { postId, network, wake }, how: { at: wakeAt, first: urgency === 'breaking' } };
}

/** By the database's clock it is due: the queue is given no time of its own, by which a slow clock would wait once more. */
function lateRingOf(post: Overdue): { payload: Payload<'publish'>; how: RingOptions } {
  const { payload, how } = ringOf(post);
  const isLate = post.isPassedOver && post.lateMs > SECOND_RING_MS;
  return { payload: isLate ? { ...payload, isLate } : payload, how: how.first === true ? { first: true } : {} };
}
