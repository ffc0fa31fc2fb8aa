import { Refusal } from '../domain/errors.ts';
import type { Urgency } from '../domain/post.ts';
import { worthlessAfterMs } from '../domain/urgency.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { getPost } from '../store/post.ts';
import type { PostRow } from '../store/post.ts';
import { setDue, setDueNow } from '../store/post-moves.ts';
import { lockTimes } from '../store/post-times.ts';
import { freeSlot } from './free-slot.ts';
import type { Tools } from './tools.ts';

export type When = { readonly at: Date } | 'now' | 'next-slot';

export type ScheduleTools = Pick<Tools, 'database' | 'bell' | 'io' | 'timeZone'>;

/** A post due this far ahead gets its alarm at once; the rest waits in the database until the sweep brings it in. */
export const HORIZON_MS = 24 * 3_600_000;
/** A time this little in the past is a clock's difference or a slow hand, and means now. */
const PAST_SLACK_MS = 60_000;

/** What to ring once the transaction that set it has committed. */
export interface Alarm {
  readonly postId: string;
  readonly network: string;
  readonly wake: number;
  /** Null: now. */
  readonly at: Date | null;
  readonly isFirst: boolean;
}

/**
 * Gives an approved post its time and sets the alarm.
 * @throws Refusal where the time is past by more than a minute, the post is not approved, or it has moved on.
 */
export async function schedulePost(
  tools: ScheduleTools,
  postId: string,
  version: number | null,
  when: When,
  actor: string,
): Promise<void> {
  const alarm = await tools.database.transaction((sql) => giveTime(sql, tools, postId, version, when, actor));
  await ringAlarms(tools, [alarm]);
}

/**
 * The same in the caller's transaction: a post and its time are written together or not at all.
 * @returns the alarm, for `ringAlarms` after the commit.
 */
export async function giveTime(
  sql: Sql,
  { io, timeZone }: Pick<Tools, 'io' | 'timeZone'>,
  postId: string,
  version: number | null,
  when: When,
  actor: string,
): Promise<Alarm> {
  const post = found(await getPost(sql, postId), 'post', postId);
  if (when === 'now') {
    const wake = await setDueNow(sql, postId, version, worthlessAfterMs[post.urgency], actor);
    return alarmOf(post, wake, null);
  }
  if (when === 'next-slot') await lockTimes(sql, [post.accountId]);
  const dueAt = when === 'next-slot' ? await freeSlot(sql, timeZone, post, io.now()) : checked(when.at, io.now());
  const wake = await setDue(sql, postId, version, { dueAt, staleAt: staleAt(dueAt, post.urgency) }, actor);
  return alarmOf(post, wake, dueAt);
}

function alarmOf(post: PostRow, wake: number, at: Date | null): Alarm {
  return { postId: post.id, network: post.network, wake, at, isFirst: post.urgency === 'breaking' };
}

/** Rings for what is due within the horizon. Nothing is lost where it cannot: the sweep rings again. */
export async function ringAlarms({ bell, io }: Pick<Tools, 'bell' | 'io'>, alarms: readonly Alarm[]): Promise<void> {
  const until = io.now().getTime() + HORIZON_MS;
  const near = alarms.filter(({ at }) => at === null || at.getTime() < until);
  await bell.ringMany(
    'publish',
    near.map(({ postId, network, wake, at, isFirst }) => ({
      payload: { postId, network, wake },
      how: { first: isFirst, ...(at === null ? {} : { at }) },
    })),
  );
}

/** Job `schedule`: a post that needs no person takes the next free time of its account. Done before, it is a no-op. */
export async function scheduleApproved(tools: ScheduleTools, postId: string): Promise<void> {
  const post = await getPost(tools.database, postId);
  if (post?.state !== 'approved' || post.dueAt !== null) return;
  await schedulePost(tools, postId, post.version, 'next-slot', 'policy');
}

function checked(at: Date, now: Date): Date {
  if (at.getTime() < now.getTime() - PAST_SLACK_MS) {
    throw new Refusal(
      'invalid',
      `${at.toISOString()} is in the past (it is ${now.toISOString()}). Choose a later time, or publish now.`,
      [{ pointer: '/at', code: 'in-the-past', message: 'must be in the future' }],
    );
  }
  return at;
}

function staleAt(dueAt: Date, urgency: Urgency): Date {
  return new Date(dueAt.getTime() + worthlessAfterMs[urgency]);
}
