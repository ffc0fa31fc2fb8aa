import { z } from 'zod';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { move } from './post.ts';

/** What people and policies do to a post. Each is one guarded move and one event; the caller rings the bell after its commit. */

/** Binds the approval to the content that was seen. */
export async function approvePost(sql: Sql, id: string, version: number | null, actor: string): Promise<void> {
  await move(sql, id, 'approve', version, {
    set: `state = 'approved', approved_by = $4, approved_at = standfirst.clock(),
          approved_hash = (SELECT hash FROM standfirst.post_revision WHERE post_id = post.id AND n = post.revision)`,
    values: [actor],
  });
  await recordEvent(sql, { type: 'post.approved', subject: id, actor });
}

/** Gives the post its time. `staleAt` is when it becomes worthless; null keeps what is set. @returns the new wake number. */
export async function setDue(
  sql: Sql,
  id: string,
  version: number | null,
  when: { dueAt: Date; staleAt: Date },
  actor: string,
): Promise<number> {
  const moved = await move(sql, id, 'schedule', version, {
    set: `state = 'scheduled', due_at = $4, wake_at = $4, wake = post.wake + 1, tries = 0, claims = 0, failure = NULL,
          stale_at = CASE WHEN post.stale_at > $4 THEN post.stale_at ELSE $5 END`,
    values: [when.dueAt, when.staleAt],
    guard: `post.approved_hash = (SELECT hash FROM standfirst.post_revision WHERE post_id = post.id AND n = post.revision)`,
    guardMessage: `post ${id} is not approved as it stands now: approve it first`,
  });
  await recordEvent(sql, { type: 'post.scheduled', subject: id, actor, data: { dueAt: when.dueAt.toISOString() } });
  return moved.wake;
}

/** Due this instant, by the database's clock. @returns the new wake number. */
export async function setDueNow(
  sql: Sql,
  id: string,
  version: number | null,
  staleAfterMs: number,
  actor: string,
): Promise<number> {
  const moved = await move(sql, id, 'publishNow', version, {
    set: `state = 'scheduled', due_at = standfirst.clock(), wake_at = standfirst.clock(), wake = post.wake + 1, tries = 0, claims = 0,
          failure = NULL, stale_at = standfirst.clock() + make_interval(secs => $4 / 1000.0)`,
    values: [staleAfterMs],
    guard: `post.approved_hash = (SELECT hash FROM standfirst.post_revision WHERE post_id = post.id AND n = post.revision)`,
    guardMessage: `post ${id} is not approved as it stands now: approve it first`,
  });
  await recordEvent(sql, { type: 'post.scheduled', subject: id, actor, data: { dueAt: 'now' } });
  return moved.wake;
}

/** After a 2xx on this the post is never sent: the claim looks for `scheduled`. */
export async function cancelPost(
  sql: Sql,
  id: string,
  version: number | null,
  reason: string | null,
  actor: string,
): Promise<void> {
  await move(sql, id, 'cancel', version, {
    set: `state = 'cancelled', reason = $4, wake_at = NULL, wake = post.wake + 1`,
    values: [reason],
  });
  await recordEvent(sql, { type: 'post.cancelled', subject: id, actor, data: { reason } });
}

export async function rejectPost(
  sql: Sql,
  id: string,
  version: number | null,
  reason: string,
  actor: string,
): Promise<void> {
  await move(sql, id, 'reject', version, {
    set: `state = 'cancelled', reason = $4, wake_at = NULL, wake = post.wake + 1`,
    values: [reason],
  });
  await recordEvent(sql, { type: 'post.rejected', subject: id, actor, data: { reason } });
}

export async function returnPost(
  sql: Sql,
  id: string,
  version: number | null,
  note: string,
  actor: string,
): Promise<void> {
  await move(sql, id, 'requestChanges', version, {
    set: `state = 'draft', reason = $4, wake_at = NULL, wake = post.wake + 1, approved_hash = NULL, approved_by = NULL, approved_at = NULL`,
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
): Promise<number> {
  const moved = await move(sql, id, 'retry', version, {
    set: `state = 'scheduled', due_at = coalesce(post.due_at, standfirst.clock()), wake_at = standfirst.clock(), wake = post.wake + 1, tries = 0,
          claims = 0, failure = NULL, stale_at = standfirst.clock() + make_interval(secs => $4 / 1000.0)`,
    values: [staleAfterMs],
    guard: `post.approved_hash = (SELECT hash FROM standfirst.post_revision WHERE post_id = post.id AND n = post.revision)`,
    guardMessage: `post ${id} is not approved as it stands now: approve it first`,
  });
  await recordEvent(sql, { type: 'post.retried', subject: id, actor });
  return moved.wake;
}

/** A person has seen it on the network (`there`) or that it is not there. Settles the open attempt with the post. */
export async function settleByPerson(
  sql: Sql,
  id: string,
  version: number | null,
  verdict: { there: true; url: string | null } | { there: false },
  actor: string,
): Promise<number> {
  if (verdict.there) {
    const moved = await move(sql, id, 'markPublished', version, {
      set: `state = 'published', failure = NULL, published_at = standfirst.clock(), url = coalesce($4, post.url)`,
      values: [verdict.url],
    });
    await sql.run(
      `UPDATE standfirst.attempt SET phase = 'published', url = coalesce($2, url), ended_at = standfirst.clock(), check_at = NULL
        WHERE post_id = $1 AND phase = 'unknown'`,
      [id, verdict.url],
    );
    await recordEvent(sql, {
      type: 'post.published',
      subject: id,
      actor,
      data: { url: verdict.url, settledBy: 'person' },
    });
    return moved.wake;
  }
  const moved = await move(sql, id, 'sendAgain', version, {
    set: `state = 'scheduled', wake_at = standfirst.clock(), wake = post.wake + 1, claims = 0, failure = NULL,
          stale_at = greatest(post.stale_at, standfirst.clock() + interval '1 hour')`,
  });
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
