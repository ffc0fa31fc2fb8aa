import { Refusal } from '../domain/errors.ts';
import type { Weekday } from '../domain/slot-rules.ts';
import { nextFreeSlot } from '../domain/slot.ts';
import { getAccount } from '../store/account.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { recordEvent } from '../store/event.ts';
import { insertPosts } from '../store/new-post.ts';
import { getPost } from '../store/post.ts';
import { lockTimes } from '../store/post-times.ts';
import {
  dueRecurrences,
  endRecurrence,
  insertRecurrence,
  moveRecurrence,
  takeRecurrence,
} from '../store/recurrence.ts';
import { freeSlotUnder, rulesFor } from './free-slot.ts';
import { giveTime, HORIZON_MS, ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';

/** Posts that come again keep at least this apart, and are stale this long after their time: an outage ends in no burst. */
const APART_MS = 10 * 60_000;
const PER_ROUND = 100;

export interface RecurrenceRequest {
  /** An approved post that says what comes again. */
  readonly postId: string;
  /** `HH:MM` on the clock of `timeZone`. */
  readonly time: string;
  readonly days: readonly Weekday[];
  readonly timeZone: string;
  readonly endsAt: Date | null;
}

/** Lets an approved text come again at a wall time. @throws Refusal where the post is not approved as it stands. */
export async function recur(
  { database, io }: Pick<ScheduleTools, 'database' | 'io'>,
  request: RecurrenceRequest,
  actor: string,
): Promise<string> {
  const post = found(await getPost(database, request.postId), 'post', request.postId);
  if (post.approvedHash !== post.hash) {
    throw new Refusal('conflict', `Post ${post.id} is not approved as it stands now: approve it first.`);
  }
  const id = io.id('recurrence');
  const nextAt = nextTime(request, io.now());
  await database.transaction((sql) =>
    insertRecurrence(sql, {
      ...request,
      days: [...request.days],
      id,
      revision: post.revision,
      accountId: post.accountId,
      nextAt,
      createdBy: actor,
    }),
  );
  return id;
}

/** Writes the posts of the next 24 hours, one for each recurrence; times that have passed meanwhile are skipped, and told. */
export async function runRecurrences(tools: ScheduleTools): Promise<void> {
  for (const { id } of await dueRecurrences(tools.database, HORIZON_MS, PER_ROUND)) {
    await ringAlarms(tools, await tools.database.transaction((sql) => runOne(sql, tools, id)));
  }
}

async function runOne(sql: Sql, tools: ScheduleTools, id: string): Promise<Alarm[]> {
  const row = await takeRecurrence(sql, id);
  const now = await readClock(sql);
  if (row === null || row.nextAt.getTime() > now.getTime() + HORIZON_MS) return [];
  const post = await getPost(sql, row.postId);
  const account = await getAccount(sql, row.accountId);
  const isOver = row.endsAt !== null && row.nextAt >= row.endsAt;
  // The approval was for that text: an edit, or a post taken back, ends it.
  if (isOver || account === null || post?.revision !== row.revision || post.approvedHash !== post.hash) {
    await endRecurrence(sql, id, 'policy');
    return [];
  }
  if (row.nextAt < now) {
    await recordEvent(sql, { type: 'recurrence.skipped', subject: id, data: { at: row.nextAt.toISOString() } });
    await moveRecurrence(sql, id, nextTime(row, now));
    return [];
  }
  await lockTimes(sql, [account.id]);
  const own = await rulesFor(sql, account, tools.timeZone);
  const rules = { ...own, slots: [], minGapMs: Math.max(own.minGapMs, APART_MS) };
  const dueAt = await freeSlotUnder(sql, account, rules, row.nextAt);
  await moveRecurrence(sql, id, nextTime(row, row.nextAt));
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
    worthlessAfter: new Date(dueAt.getTime() + APART_MS),
    recurrenceId: id,
  } as const;
  await insertPosts(sql, [again], row.createdBy);
  return giveTime(sql, tools, postId, null, { at: dueAt }, row.createdBy, 'policy');
}

/** The first time after `after` at which the clock shows it on one of its days. */
function nextTime(of: Pick<RecurrenceRequest, 'time' | 'days' | 'timeZone'>, after: Date): Date {
  const rules = { timeZone: of.timeZone, quietHours: [], minGapMs: 0, hourlyCap: null, dailyCap: null };
  const slots = [{ time: of.time, days: of.days }];
  const next = nextFreeSlot(new Date(after.getTime() + 1), { ...rules, slots }, []);
  if (next === null) throw new Refusal('invalid', `${of.time} comes on none of the days in the next year.`);
  return next;
}
