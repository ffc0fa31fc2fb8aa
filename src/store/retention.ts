import type { Retained } from '../domain/retention.ts';
import type { Sql } from './database.ts';

/** One batch of what is older than $1 days, at most $2 rows. */
const forget: Readonly<Record<Retained, readonly string[]>> = {
  html: [
    `UPDATE standfirst.article SET request = request - 'html' WHERE id IN (
       SELECT id FROM standfirst.article WHERE request ? 'html' AND state <> 'pending' AND created_at < ${before('$1')} LIMIT $2)`,
    `UPDATE standfirst.decision SET content = NULL, teaser = NULL WHERE id IN (
       SELECT id FROM standfirst.decision WHERE (content IS NOT NULL OR teaser IS NOT NULL) AND decided_at < ${before('$1')} LIMIT $2)`,
  ],
  events: [
    `DELETE FROM standfirst.event WHERE seq IN (
       SELECT seq FROM standfirst.event WHERE at < ${before('$1')} ORDER BY tx, seq LIMIT $2)`,
    `DELETE FROM standfirst.trace_mark WHERE subject IN (
       SELECT subject FROM standfirst.trace_mark WHERE at < ${before('$1')} LIMIT $2)`,
  ],
  attempts: [
    `DELETE FROM standfirst.attempt WHERE id IN (
       SELECT attempt.id FROM standfirst.attempt JOIN standfirst.post ON post.id = attempt.post_id
        WHERE attempt.phase IN ('refused', 'signed-out', 'limited', 'down', 'absent') AND attempt.ended_at < ${before('$1')}
          AND post.state IN ('published', 'cancelled', 'superseded', 'stale') LIMIT $2)`,
  ],
  decisions: [
    // What the source still shows would be an item that nobody knows, and be posted as news. A day's doubt is `shown_at`'s.
    `DELETE FROM standfirst.decision WHERE id IN (
       SELECT decision.id FROM standfirst.decision JOIN standfirst.source ON source.id = source_id
        WHERE outcome <> 'accepted' AND decided_at < ${before('$1')} AND shown_at < ${before('$1')}
          AND (source.state = 'removed' OR source.kind = 'push' OR shown_at < source.read_at - interval '2 days') LIMIT $2)`,
  ],
  'idempotency-keys': [
    `DELETE FROM standfirst.idempotency WHERE (caller, key) IN (
       SELECT caller, key FROM standfirst.idempotency WHERE created_at < ${before('$1')} LIMIT $2)`,
  ],
  'audit-values': [
    `DELETE FROM standfirst.audit_change WHERE seq IN (
       SELECT seq FROM standfirst.audit_change WHERE at < ${before('$1')} ORDER BY at LIMIT $2)`,
  ],
  deliveries: [
    `DELETE FROM standfirst.delivery WHERE id IN (
       SELECT id FROM standfirst.delivery WHERE state <> 'waiting' AND ended_at < ${before('$1')} LIMIT $2)`,
    // What a receiver was not told while it was paused is not news any more.
    `DELETE FROM standfirst.delivery WHERE id IN (
       SELECT delivery.id FROM standfirst.delivery JOIN standfirst.endpoint AS hook ON hook.id = webhook_id
        WHERE delivery.state = 'waiting' AND hook.state = 'paused' AND delivery.created_at < ${before('$1')} LIMIT $2)`,
  ],
  images: [
    `DELETE FROM standfirst.media WHERE id IN (
       SELECT id FROM standfirst.media WHERE created_at < ${before('$1')}
          AND NOT EXISTS (SELECT 1 FROM standfirst.media_use AS use WHERE use.media_id = media.id) LIMIT $2 FOR UPDATE SKIP LOCKED)`,
  ],
  sandbox: [
    `DELETE FROM standfirst.timeline WHERE id IN (
       SELECT id FROM standfirst.timeline WHERE created_at < ${before('$1')} LIMIT $2)`,
  ],
};

function before(days: string): string {
  return `standfirst.clock() - make_interval(days => ${days})`;
}

/** Forgets one batch of a kind, each statement a transaction of its own. @returns how many rows, 0 where nothing is left. */
export async function forgetOld(sql: Sql, what: Retained, days: number, limit: number): Promise<number> {
  let rows = 0;
  for (const statement of forget[what]) rows += await sql.run(statement, [days, limit]);
  return rows;
}
