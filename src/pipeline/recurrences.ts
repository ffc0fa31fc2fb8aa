import { Refusal } from '../domain/errors.ts';
import type { Weekday } from '../domain/slot-rules.ts';
import { nextFreeSlot } from '../domain/slot.ts';
import { AGAIN_WORTH_MS } from '../domain/urgency.ts';
import { refusePast } from '../domain/wall-time.ts';
import { getAccount } from '../store/account.ts';
import { found, isDatabaseAway, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { insertPosts } from '../store/new-post.ts';
import { approvedImages, recordApprovedImages } from '../store/media.ts';
import { getPost } from '../store/post.ts';
import type { PostRow } from '../store/post.ts';
import { lockTimes } from '../store/post-times.ts';
import {
  dueRecurrences,
  endRecurrence,
  insertRecurrence,
  moveRecurrence,
  skipRecurrence,
  takeRecurrence,
  twinOf,
} from '../store/recurrence.ts';
import type { DueRecurrence, EndedBecause, RecurrenceRow } from '../store/recurrence.ts';
import { freeSlotUnder, rulesFor } from './free-slot.ts';
import { giveTime, HORIZON_MS, ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';
import type { Tools } from './tools.ts';

/** Posts that come again keep at least this apart: not more than one of them is worth something at a time. */
const APART_MS = AGAIN_WORTH_MS;
const PER_ROUND = 100;

type RecurrenceTools = ScheduleTools & Pick<Tools, 'log'>;

export interface RecurrenceRequest {
  /** An approved post that says what comes again. */
  readonly postId: string;
  /** `HH:MM` on the clock of `timeZone`. */
  readonly time: string;
  readonly days: readonly Weekday[];
  readonly timeZone: string;
  readonly endsAt: Date | null;
}

/**
 * Lets an approved text come again at a wall time.
 * @throws Refusal where the post is not approved as it stands or was taken back, it would never come, or does so already.
 */
export async function recur(
  { database, io }: Pick<ScheduleTools, 'database' | 'io'>,
  request: RecurrenceRequest,
  actor: string,
): Promise<string> {
  const post = found(await getPost(database, request.postId), 'post', request.postId);
  refuseTakenBack(post);
  const id = io.id('recurrence');
  const now = io.now();
  const nextAt = nextTime(request, now);
  refuseNever(post, request.endsAt, nextAt, now);
  await database.transaction(async (sql) => {
    const twin = await twinOf(sql, request);
    if (twin !== null)
      throw new Refusal('conflict', `Post ${post.id} comes again at that time already: see ${twin}, or end it first.`);
    await insertRecurrence(sql, {
      ...request,
      days: [...request.days],
      id,
      revision: post.revision,
      accountId: post.accountId,
      nextAt,
      createdBy: actor,
    });
  });
  return id;
}

function refuseTakenBack(post: PostRow): void {
  const { id } = post;
  const because = whyTakenBack(post);
  if (because !== null) {
    const is = because === 'removed' ? 'was taken off its network' : `is ${post.state}`;
    throw new Refusal(
      'conflict',
      `Post ${id} ${is}, so its text cannot come again: have a post with this text approved, and let that come again.`,
    );
  }
  if (post.approvedHash !== post.hash) {
    throw new Refusal('conflict', `Post ${id} is not approved as it stands now: approve it first.`);
  }
}

function refuseNever({ id, approvedUntil }: PostRow, endsAt: Date | null, nextAt: Date, now: Date): void {
  if (endsAt !== null && endsAt <= nextAt) {
    refusePast(endsAt, now, '/endsAt');
    const message = `${endsAt.toISOString()} is not after the first time it would come again, ${nextAt.toISOString()}: choose a later endsAt, or leave it out.`;
    throw new Refusal('invalid', message, [{ pointer: '/endsAt', code: 'before-its-time', message }]);
  }
  if (approvedUntil !== null && approvedUntil <= nextAt) {
    throw new Refusal(
      'conflict',
      `The approval of post ${id} ends at ${approvedUntil.toISOString()}, before it would first come again at ${nextAt.toISOString()}: have it approved again.`,
    );
  }
}

/**
 * Writes the posts of the next 24 hours, one for each recurrence; times that have passed meanwhile, or at which nothing can
 * be written, are skipped, and told. One that fails keeps no other from its time.
 * @throws AggregateError where some have failed, once the others are written.
 */
export async function runRecurrences(tools: RecurrenceTools): Promise<void> {
  const errors: Error[] = [];
  let after: DueRecurrence | null = null;
  for (let run = 0; run < PER_ROUND;) {
    const page: DueRecurrence[] = await dueRecurrences(tools.database, HORIZON_MS, after, PER_ROUND);
    for (const due of page) {
      const error = await runByItself(tools, due);
      if (error === null) run++;
      else errors.push(error);
    }
    after = page.at(-1) ?? null;
    if (page.length < PER_ROUND) break;
  }
  if (errors.length === 0) return;
  throw new AggregateError(errors, `${errors.length} recurrences could not be run: ${errors[0]?.message}`);
}

/** @returns what went wrong with this one; null where nothing did, or its time is skipped. */
async function runByItself(tools: RecurrenceTools, due: DueRecurrence): Promise<Error | null> {
  const { database, log } = tools;
  try {
    await ringAlarms(tools, await database.transaction((sql) => runOne(sql, tools, due)));
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    if (!(error instanceof Refusal)) return error as Error;
    log.warn({ recurrence: due.id, reason: error.message }, 'a recurrence was skipped');
    await database.transaction((sql) => skipOne(sql, due.id, error.message));
  }
  return null;
}

async function skipOne(sql: Sql, id: string, reason: string): Promise<void> {
  const row = await takeRecurrence(sql, id);
  if (row !== null) await skipRecurrence(sql, row, nextTime(row, row.nextAt), reason);
}

async function runOne(sql: Sql, tools: ScheduleTools, { id, accountId }: DueRecurrence): Promise<Alarm[]> {
  // Before its row: who takes a post back has that, and waits for this.
  await lockTimes(sql, [accountId]);
  const row = await takeRecurrence(sql, id);
  const now = await readClock(sql);
  if (row === null || row.nextAt.getTime() > now.getTime() + HORIZON_MS) return [];
  const post = found(await getPost(sql, row.postId), 'post', row.postId);
  const account = await getAccount(sql, row.accountId);
  const because = account === null ? 'account-gone' : whyOver(row, post);
  if (account === null || because !== null) {
    await endRecurrence(sql, id, 'policy', { because: because ?? 'account-gone', postId: post.id });
    return [];
  }
  if (row.nextAt < now) {
    await skipRecurrence(sql, row, nextTime(row, now), 'Its time had passed before its post was written.');
    return [];
  }
  const own = await rulesFor(sql, account, tools.timeZone);
  const rules = { ...own, slots: [], minGapMs: Math.max(own.minGapMs, APART_MS) };
  const dueAt = await freeSlotUnder(sql, account, rules, row.nextAt);
  const next = nextTime(row, row.nextAt);
  // What a full day pushes on would take the place of its own next time, and of what people plan.
  const end = row.endsAt !== null && row.endsAt < next ? row.endsAt : next;
  if (dueAt >= end) {
    await skipRecurrence(sql, row, next, `Its account has no free time before ${end.toISOString()}.`);
    return [];
  }
  await moveRecurrence(sql, id, next);
  const { parts, link, tags, lang, hash } = post;
  const postId = tools.io.id('post');
  const again = {
    id: postId,
    accountId: account.id,
    network: account.network,
    storyId: post.storyId,
    articleId: null,
    urgency: 'evergreen',
    state: 'approved',
    content: { parts, link, tags, lang, hash },
    worthlessAfter: new Date(dueAt.getTime() + AGAIN_WORTH_MS),
    approvedUntil: post.approvedUntil,
    recurrenceId: id,
  } as const;
  await insertPosts(sql, [again], row.createdBy);
  await recordApprovedImages(sql, postId, 1, await approvedImages(sql, post.id, post.revision));
  return giveTime(sql, tools, postId, null, { at: dueAt }, row.createdBy, 'policy');
}

/** Why a text does not come again; null: it does. The approval was for that text. */
function whyOver({ endsAt, nextAt, revision }: RecurrenceRow, post: PostRow): EndedBecause | null {
  const { approvedUntil } = post;
  if (endsAt !== null && nextAt >= endsAt) return 'ends-at';
  if (approvedUntil !== null && nextAt >= approvedUntil) return 'approval-ended';
  const isEdited = post.revision !== revision || post.approvedHash !== post.hash;
  return whyTakenBack(post) ?? (isEdited ? 'edited' : null);
}

/** Why nobody wants the text before readers any more, whoever approved it. */
function whyTakenBack({ state, removedAt }: PostRow): 'cancelled' | 'removed' | null {
  if (removedAt !== null) return 'removed';
  return state === 'cancelled' || state === 'superseded' ? 'cancelled' : null;
}

/** The first time after `after` at which the clock shows it on one of its days. */
function nextTime(of: Pick<RecurrenceRequest, 'time' | 'days' | 'timeZone'>, after: Date): Date {
  const rules = { timeZone: of.timeZone, quietHours: [], minGapMs: 0, hourlyCap: null, dailyCap: null };
  const slots = [{ time: of.time, days: of.days }];
  const next = nextFreeSlot(new Date(after.getTime() + 1), { ...rules, slots }, []);
  if (next === null) throw new Refusal('invalid', `${of.time} comes on none of the days in the next year.`);
  return next;
}
