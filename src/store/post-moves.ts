import { approvedBefore } from '../domain/post.ts';
import type { Sql } from './database.ts';
import { WAKE } from './embargo.ts';
import { recordEvent } from './event.ts';
import { move } from './post.ts';
import type { Moved } from './post.ts';
import { takeBackRecurrences } from './recurrence.ts';
import { PUT_OFF_TO } from './worth.ts';

/** What people and policies do to a post. Each is one guarded move and one event; the caller rings the bell after its commit. */

/** What a move that gives a time answers: what to ring, and when. */
export interface Woken {
  readonly wake: number;
  readonly wakeAt: Date;
}

/**
 * When a post is worthless that is due at `due`: as a person said, or a while after it can go; never later than its approval
 * ends. SQL; `staleAfterMs` is a parameter in milliseconds.
 */
const STALE = (due: string, staleAfterMs: string): string =>
  `least(coalesce(post.worthless_after, ${WAKE(due)} + make_interval(secs => ${staleAfterMs} / 1000.0)), post.approved_until)`;

const APPROVED = {
  guard: `post.approved_hash = (SELECT hash FROM standfirst.post_revision WHERE post_id = post.id AND n = post.revision)`,
};

/**
 * Binds the approval to the content that was seen; past `until` the post is stale, whatever its time. Where an approval has
 * ended it is given anew. The post waits for a time: the one that it had before its text changed, or its approval ended, is
 * for whoever gives times to give again.
 */
export async function approvePost(
  sql: Sql,
  id: string,
  version: number | null,
  actor: string,
  until: Date | null = null,
): Promise<void> {
  const { changed } = await move(sql, id, 'approve', version, {
    set: `state = 'approved', approved_by = $4, approved_at = standfirst.clock(), approved_until = $5::timestamptz, failure = NULL,
          due_at = NULL, stale_at = NULL, wake_at = NULL,
          approved_hash = (SELECT hash FROM standfirst.post_revision WHERE post_id = post.id AND n = post.revision)`,
    values: [actor, until, approvedBefore],
    guard: `post.state <> ALL ($6) OR post.approved_until <= standfirst.clock()`,
    guardMessage: `post ${id} is approved already`,
  });
  await recordEvent(sql, {
    type: 'post.approved',
    subject: id,
    actor,
    changed,
    ...(until === null ? {} : { data: { until: until.toISOString() } }),
  });
}

/** Gives the post its time; one that had a time is moved, and the event says from when. */
export async function setDue(
  sql: Sql,
  id: string,
  version: number | null,
  when: { dueAt: Date; staleAfterMs: number; from: Date | null },
  actor: string,
): Promise<Woken> {
  const moved = await move(sql, id, 'schedule', version, {
    set: `state = 'scheduled', due_at = $4::timestamptz, wake_at = ${WAKE('$4::timestamptz')}, wake = post.wake + 1, tries = 0, claims = 0,
          failure = NULL, stale_at = ${STALE('$4::timestamptz', '$5::float8')}`,
    values: [when.dueAt, when.staleAfterMs],
    ...APPROVED,
    guardMessage: `post ${id} is not approved as it stands now: approve it first`,
  });
  const data = { dueAt: when.dueAt.toISOString(), ...(when.from === null ? {} : { from: when.from.toISOString() }) };
  const type = when.from === null ? 'post.scheduled' : 'post.moved';
  await recordEvent(sql, { type, subject: id, actor, data, changed: moved.changed });
  return { wake: moved.wake, wakeAt: moved.wakeAt ?? when.dueAt };
}

/** Due this instant, by the database's clock. */
export async function setDueNow(
  sql: Sql,
  id: string,
  version: number | null,
  staleAfterMs: number,
  actor: string,
): Promise<Woken> {
  const moved = await move(sql, id, 'publishNow', version, {
    set: `state = 'scheduled', due_at = standfirst.clock(), wake_at = ${WAKE('standfirst.clock()')}, wake = post.wake + 1, tries = 0,
          claims = 0, failure = NULL, stale_at = ${STALE('standfirst.clock()', '$4::float8')}`,
    values: [staleAfterMs],
    ...APPROVED,
    guardMessage: `post ${id} is not approved as it stands now: approve it first`,
  });
  const { changed } = moved;
  await recordEvent(sql, { type: 'post.scheduled', subject: id, actor, data: { dueAt: 'now' }, changed });
  return { wake: moved.wake, wakeAt: moved.wakeAt as Date };
}

/** When a post is worthless, whatever its time; null: by its urgency again. Its text and its approval stay. */
export async function setWorthlessAfter(
  sql: Sql,
  id: string,
  version: number | null,
  at: Date | null,
  staleAfterMs: number,
  actor: string,
): Promise<void> {
  const { changed } = await move(sql, id, 'setWorth', version, {
    set: `worthless_after = $4::timestamptz,
          stale_at = CASE WHEN post.due_at IS NULL THEN NULL
                          ELSE least(coalesce($4::timestamptz, greatest(${WAKE('post.due_at')}, ${PUT_OFF_TO}) + make_interval(secs => $5::float8 / 1000.0)), post.approved_until) END`,
    values: [at, staleAfterMs],
  });
  await recordEvent(sql, {
    type: 'post.worth_changed',
    subject: id,
    actor,
    data: { worthlessAfter: at?.toISOString() ?? null },
    changed,
  });
}

/** After a 2xx on this the post is never sent: the claim looks for `scheduled`. */
export async function cancelPost(
  sql: Sql,
  id: string,
  version: number | null,
  reason: string | null,
  actor: string,
): Promise<void> {
  const changed = await end(sql, id, 'cancel', version, reason);
  await recordEvent(sql, { type: 'post.cancelled', subject: id, actor, data: { reason }, changed });
  await takeBackRecurrences(sql, id, 'cancelled', actor, reason);
}

export async function rejectPost(
  sql: Sql,
  id: string,
  version: number | null,
  reason: string,
  actor: string,
): Promise<void> {
  const changed = await end(sql, id, 'reject', version, reason);
  await recordEvent(sql, { type: 'post.rejected', subject: id, actor, data: { reason }, changed });
  await takeBackRecurrences(sql, id, 'rejected', actor, reason);
}

async function end(
  sql: Sql,
  id: string,
  verb: 'cancel' | 'reject',
  version: number | null,
  reason: string | null,
): Promise<Moved['changed']> {
  const set = `state = 'cancelled', reason = $4, wake_at = NULL, wake = post.wake + 1`;
  const { changed } = await move(sql, id, verb, version, { set, values: [reason] });
  return changed;
}

export async function returnPost(
  sql: Sql,
  id: string,
  version: number | null,
  note: string,
  actor: string,
): Promise<void> {
  const { changed } = await move(sql, id, 'requestChanges', version, {
    set: `state = 'draft', reason = $4, wake_at = NULL, wake = post.wake + 1, approved_hash = NULL, approved_by = NULL, approved_at = NULL,
          approved_until = NULL`,
    values: [note],
  });
  await recordEvent(sql, { type: 'post.changes_requested', subject: id, actor, data: { note }, changed });
  await takeBackRecurrences(sql, id, 'changes-requested', actor, note);
}

export async function submitPost(sql: Sql, id: string, version: number | null, actor: string): Promise<void> {
  const { changed } = await move(sql, id, 'submit', version, { set: `state = 'in_review', reason = NULL` });
  await recordEvent(sql, { type: 'post.submitted', subject: id, actor, changed });
}

export async function unschedulePost(sql: Sql, id: string, version: number | null, actor: string): Promise<void> {
  const { changed } = await move(sql, id, 'unschedule', version, {
    set: `state = 'approved', due_at = NULL, stale_at = NULL, wake_at = NULL, wake = post.wake + 1`,
  });
  await recordEvent(sql, { type: 'post.unscheduled', subject: id, actor, changed });
}

/** Tries a failed post again now, whatever else its account sends: a person says when. Only what was provably not delivered gets here: `unknown` is another state. */
export async function retryPost(
  sql: Sql,
  id: string,
  version: number | null,
  staleAfterMs: number,
  actor: string,
): Promise<Woken> {
  const moved = await move(sql, id, 'retry', version, {
    set: `state = 'scheduled', due_at = coalesce(post.due_at, standfirst.clock()), wake_at = ${WAKE('standfirst.clock()')}, apart_at = standfirst.clock(), wake = post.wake + 1,
          tries = 0, claims = 0, failure = NULL, stale_at = ${STALE('standfirst.clock()', '$4::float8')}`,
    values: [staleAfterMs],
    ...APPROVED,
    guardMessage: `post ${id} is not approved as it stands now: approve it first`,
  });
  await recordEvent(sql, { type: 'post.retried', subject: id, actor, changed: moved.changed });
  return { wake: moved.wake, wakeAt: moved.wakeAt as Date };
}
