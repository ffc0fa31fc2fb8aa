import { z } from 'zod';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { move } from './post.ts';

/** What people and policies do to a post. Each is one guarded move and one event; the caller rings the bell after its commit. */

/** What a move that gives a time answers: what to ring, and when. */
export interface Woken {
  readonly wake: number;
  readonly wakeAt: Date;
}

/**
 * When a post is worthless that goes out at `due`: as a person said, or a while after; never later than its approval ends.
 * SQL; `staleAfterMs` is a parameter in milliseconds.
 */
const STALE = (due: string, staleAfterMs: string): string =>
  `least(coalesce(post.worthless_after, ${due} + make_interval(secs => ${staleAfterMs} / 1000.0)), post.approved_until)`;

/** No alarm before an embargo ends: the claim would refuse it, and the end of the embargo is when it has to ring. */
const WAKE = (due: string): string =>
  `greatest(${due}, (SELECT story.embargo_until FROM standfirst.story WHERE story.id = post.story_id))`;

const APPROVED = {
  guard: `post.approved_hash = (SELECT hash FROM standfirst.post_revision WHERE post_id = post.id AND n = post.revision)`,
};

/** Binds the approval to the content that was seen; past `until` the post is stale, whatever its time. */
export async function approvePost(
  sql: Sql,
  id: string,
  version: number | null,
  actor: string,
  until: Date | null = null,
): Promise<void> {
  await move(sql, id, 'approve', version, {
    set: `state = 'approved', approved_by = $4, approved_at = standfirst.clock(), approved_until = $5::timestamptz,
          approved_hash = (SELECT hash FROM standfirst.post_revision WHERE post_id = post.id AND n = post.revision)`,
    values: [actor, until],
  });
  await recordEvent(sql, {
    type: 'post.approved',
    subject: id,
    actor,
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
  await recordEvent(sql, { type: when.from === null ? 'post.scheduled' : 'post.moved', subject: id, actor, data });
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
  await recordEvent(sql, { type: 'post.scheduled', subject: id, actor, data: { dueAt: 'now' } });
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
  await move(sql, id, 'setWorth', version, {
    set: `worthless_after = $4::timestamptz,
          stale_at = CASE WHEN post.due_at IS NULL THEN NULL
                          ELSE least(coalesce($4::timestamptz, post.due_at + make_interval(secs => $5::float8 / 1000.0)), post.approved_until) END`,
    values: [at, staleAfterMs],
  });
  await recordEvent(sql, {
    type: 'post.worth_changed',
    subject: id,
    actor,
    data: { worthlessAfter: at?.toISOString() ?? null },
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
  await end(sql, id, 'cancel', version, reason);
  await recordEvent(sql, { type: 'post.cancelled', subject: id, actor, data: { reason } });
}

export async function rejectPost(
  sql: Sql,
  id: string,
  version: number | null,
  reason: string,
  actor: string,
): Promise<void> {
  await end(sql, id, 'reject', version, reason);
  await recordEvent(sql, { type: 'post.rejected', subject: id, actor, data: { reason } });
}

async function end(
  sql: Sql,
  id: string,
  verb: 'cancel' | 'reject',
  version: number | null,
  reason: string | null,
): Promise<void> {
  const set = `state = 'cancelled', reason = $4, wake_at = NULL, wake = post.wake + 1`;
  await move(sql, id, verb, version, { set, values: [reason] });
}

export async function returnPost(
  sql: Sql,
  id: string,
  version: number | null,
  note: string,
  actor: string,
): Promise<void> {
  await move(sql, id, 'requestChanges', version, {
    set: `state = 'draft', reason = $4, wake_at = NULL, wake = post.wake + 1, approved_hash = NULL, approved_by = NULL, approved_at = NULL,
          approved_until = NULL`,
    values: [note],
  });
  await recordEvent(sql, { type: 'post.changes_requested', subject: id, actor, data: { note } });
}

export async function submitPost(sql: Sql, id: string, version: number | null, actor: string): Promise<void> {
  await move(sql, id, 'submit', version, { set: `state = 'in_review', reason = NULL` });
  await recordEvent(sql, { type: 'post.submitted', subject: id, actor });
}

export async function unschedulePost(sql: Sql, id: string, version: number | null, actor: string): Promise<void> {
  await move(sql, id, 'unschedule', version, {
    set: `state = 'approved', due_at = NULL, wake_at = NULL, wake = post.wake + 1`,
  });
  await recordEvent(sql, { type: 'post.unscheduled', subject: id, actor });
}

/** Tries a failed post again now. Only what was provably not delivered gets here: `unknown` is another state. */
export async function retryPost(
  sql: Sql,
  id: string,
  version: number | null,
  staleAfterMs: number,
  actor: string,
): Promise<Woken> {
  const moved = await move(sql, id, 'retry', version, {
    set: `state = 'scheduled', due_at = coalesce(post.due_at, standfirst.clock()), wake_at = ${WAKE('standfirst.clock()')}, wake = post.wake + 1,
          tries = 0, claims = 0, failure = NULL, stale_at = ${STALE('standfirst.clock()', '$4::float8')}`,
    values: [staleAfterMs],
    ...APPROVED,
    guardMessage: `post ${id} is not approved as it stands now: approve it first`,
  });
  await recordEvent(sql, { type: 'post.retried', subject: id, actor });
  return { wake: moved.wake, wakeAt: moved.wakeAt as Date };
}

/** What of a post goes on after a person has settled it: it is due this instant, and has an hour at least. */
const GO_ON = `state = 'scheduled', wake_at = standfirst.clock(), wake = post.wake + 1, claims = 0, failure = NULL,
          stale_at = least(greatest(post.stale_at, standfirst.clock() + interval '1 hour'), post.worthless_after, post.approved_until)`;

/**
 * A person has seen it on the network (`there`) or that it is not there. Settles the open attempt with the post, which goes
 * on with its next part where there `isMore`.
 */
export async function settleByPerson(
  sql: Sql,
  id: string,
  version: number | null,
  verdict: { there: true; url: string | null; isMore: boolean } | { there: false },
  actor: string,
): Promise<number> {
  if (verdict.there) {
    const end = `state = 'published', failure = NULL, published_at = standfirst.clock()`;
    const moved = await move(sql, id, 'markPublished', version, {
      set: `${verdict.isMore ? GO_ON : end}, url = coalesce($4, post.url)`,
      values: [verdict.url],
    });
    await sql.run(
      `UPDATE standfirst.attempt SET phase = 'published', url = coalesce($2, url), ended_at = standfirst.clock(), check_at = NULL
        WHERE post_id = $1 AND phase = 'unknown'`,
      [id, verdict.url],
    );
    await recordEvent(sql, {
      type: verdict.isMore ? 'post.retried' : 'post.published',
      subject: id,
      actor,
      data: { url: verdict.url, settledBy: 'person' },
    });
    return moved.wake;
  }
  const moved = await move(sql, id, 'sendAgain', version, { set: GO_ON });
  await sql.run(
    `UPDATE standfirst.attempt SET phase = 'absent', ended_at = standfirst.clock(), check_at = NULL WHERE post_id = $1 AND phase = 'unknown'`,
    [id],
  );
  await recordEvent(sql, { type: 'post.retried', subject: id, actor, data: { settledBy: 'person' } });
  return moved.wake;
}

/** Posts whose time has passed without their being sent. Told, never sent. */
export async function expirePosts(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.many(
    z.object({ id: z.string() }),
    `WITH gone AS (
       UPDATE standfirst.post SET state = 'stale', wake_at = NULL, wake = wake + 1, version = version + 1, updated_at = standfirst.clock()
        WHERE id IN (SELECT id FROM standfirst.post WHERE state = 'scheduled' AND wake_at <= standfirst.clock() AND stale_at <= standfirst.clock()
                      LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING id), told AS (INSERT INTO standfirst.event (type, subject) SELECT 'post.stale', id FROM gone)
     SELECT id FROM gone`,
    [limit],
  );
  return rows.map((row) => row.id);
}
