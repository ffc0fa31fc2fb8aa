import type { z } from 'zod';
import type { Fault } from '../../domain/errors.ts';
import { causes, wordsOf } from '../../domain/errors.ts';
import { approvedBefore, isAllowed, isBarredInDoubt, isSettling } from '../../domain/post.ts';
import type { PostAction, PostState } from '../../domain/post.ts';
import { priceOf } from '../../networks/price.ts';
import { networkOf } from '../../networks/registry.ts';
import { powersOf } from '../../networks/way.ts';
import type { Waits } from '../../pipeline/waits.ts';
import type { AttemptRow, ListedAttempt } from '../../store/attempt.ts';
import { noticesOf } from '../../text/notices.ts';
import type { PostFilter } from '../../store/post-filter.ts';
import type { ListedPost, listRevisions } from '../../store/post-list.ts';
import type { Caller } from '../caller.ts';
import { mayDo } from '../may-do.ts';
import type { AttemptView, PostDetail, PostView } from '../schemas/post.ts';
import type { postFilter } from '../schemas/post.ts';
import { postActions } from '../schemas/post.ts';

/** What a caller may ask for; the rest is done by the line itself. */
const actions = postActions;

/** What the store is asked for, from the query of a list or an export. */
export function postFilterOf(query: z.infer<typeof postFilter>): PostFilter {
  const { q, state, account, article, story, section, author, hadFailure, dueAfter, dueBefore } = query;
  return {
    words: q,
    states: state,
    accountId: account,
    articleId: article,
    storyId: story,
    section,
    author,
    hadFailure,
    dueAfter: dueAfter === undefined ? undefined : new Date(dueAfter),
    dueBefore: dueBefore === undefined ? undefined : new Date(dueBefore),
  };
}

/** A post as the API shows it to this caller. */
export function postViewOf(row: ListedPost, caller: Caller): PostView {
  const can = actions.filter((action) =>
    row.isInDoubt && isSettling(action) ? true : isAllowed(action, row.state) && isPossible(action, row),
  );
  const needsAnother = can.includes('approve') && row.authorPerson === caller.person;
  return {
    id: row.id,
    accountId: row.accountId,
    network: row.network,
    storyId: row.storyId,
    articleId: row.articleId,
    state: row.state,
    held: row.heldBy.length > 0,
    heldBy: row.heldBy.map((hold) => ({ ...hold, placedAt: hold.placedAt.toISOString() })),
    can: can.filter((action) => mayDo(caller, action) && !(action === 'approve' && needsAnother)),
    needsAnother,
    urgency: row.urgency,
    version: row.version,
    revision: row.revision,
    parts: row.parts,
    link: row.link,
    tags: row.tags,
    lang: row.lang,
    hash: row.hash,
    costMicroUsd: priceOf(networkOf(row.network).profile, row.parts),
    dueAt: instantOf(row.dueAt),
    wakeAt: instantOf(row.wakeAt),
    staleAt: instantOf(row.staleAt),
    worthlessAfter: instantOf(row.worthlessAfter),
    approvedUntil: instantOf(row.approvedUntil),
    recurrenceId: row.recurrenceId,
    tries: row.tries,
    failure: failureOf(row.failure, !settled.has(row.state)),
    publishedAt: instantOf(row.publishedAt),
    partsOnline: row.partsOnline,
    removedAt: instantOf(row.removedAt),
    latenessMs: row.latenessMs,
    url: row.url,
    reason: row.reason,
    approvedBy: row.approvedBy,
    approvedAt: instantOf(row.approvedAt),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const wasApproved: ReadonlySet<PostState> = new Set(approvedBefore);
/** What gives a post a time, or sends it at once. */
const timing: ReadonlySet<PostAction> = new Set(['schedule', 'publishNow', 'retry']);

/**
 * An approval that has ended may be given anew; what no time is left for is given none; what is out can be changed where
 * the network lets us, and as long as it is there.
 */
function isPossible(action: PostAction, row: ListedPost): boolean {
  if (row.isInDoubt && isBarredInDoubt(action)) return false;
  if (action === 'approve') return !wasApproved.has(row.state) || row.hasApprovalEnded;
  if (timing.has(action)) return !row.isWorthless && !row.hasApprovalEnded;
  if (action !== 'correct' && action !== 'remove') return true;
  // Nobody else would see the words before the readers do.
  if (action === 'correct' && row.fourEyes) return false;
  const powers = powersOf(networkOf(row.network).profile, row.accountPowers);
  if (row.state !== 'published' && row.partsOnline.length === 0) return false;
  return row.removedAt === null && (action === 'correct' ? powers.edit : powers.remove);
}

/** With every text it had and every try at sending it. */
export function postDetailOf(
  row: ListedPost,
  revisions: Awaited<ReturnType<typeof listRevisions>>,
  attempts: readonly AttemptRow[],
  { repeats, waits }: { readonly repeats: readonly Fault[]; readonly waits: Waits | null },
  caller: Caller,
): PostDetail {
  return {
    ...postViewOf(row, caller),
    repeats: [...repeats],
    waits: waits === null ? null : { ...waits, until: waits.until.toISOString() },
    notices: noticesOf(row.parts, networkOf(row.network).profile),
    revisions: revisions.map((revision) => ({ ...revision, createdAt: revision.createdAt.toISOString() })),
    attempts: attempts.map(triedOf),
  };
}

/** A try among those of all posts. */
export function attemptViewOf(row: ListedAttempt): AttemptView {
  return { ...triedOf(row), postId: row.postId, accountId: row.accountId, network: row.network };
}

function triedOf(attempt: Omit<AttemptRow, 'frozen' | 'extra'>): PostDetail['attempts'][number] {
  return {
    id: attempt.id,
    revision: attempt.revision,
    part: attempt.part,
    n: attempt.n,
    phase: attempt.phase,
    failure: failureOf(attempt.failure, true),
    remoteId: attempt.remoteId,
    url: attempt.url,
    startedAt: attempt.startedAt.toISOString(),
    sentAt: instantOf(attempt.sentAt),
    endedAt: instantOf(attempt.endedAt),
    checks: attempt.checks,
    traceId: attempt.traceId,
  };
}

/** What of it is tried again by itself no more. */
const settled: ReadonlySet<PostState> = new Set(['failed', 'stale']);

function failureOf(failure: ListedPost['failure'], isTried: boolean): PostView['failure'] {
  if (failure === null) return null;
  const { code, ...rest } = failure;
  const words = wordsOf(failure.cause, isTried) ?? causes.internal;
  return { ...rest, ...words, ...(code === undefined ? {} : { code }) };
}

function instantOf(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
