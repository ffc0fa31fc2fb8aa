import type { Receipt } from '../domain/attempt.ts';
import { THIS_MONTH } from './cost.ts';
import type { Sql } from './database.ts';
import { recordPublished } from './receipt.ts';

export interface LivePart {
  /** Id of the attempt that is written for it. */
  readonly id: string;
  readonly receipt: Receipt;
  /** In millionths of a US dollar. */
  readonly microUsd: number;
}

/**
 * A whole thread is live by one request: its first part's attempt is settled, and the others get one each that was
 * settled with it, so that a correction or a removal finds every part. In the caller's transaction, all or nothing.
 * Told twice, it answers the same.
 * @param first `id` is the open attempt.
 * @returns false where the attempt was settled otherwise before.
 */
export async function recordThread(sql: Sql, first: LivePart, rest: readonly LivePart[]): Promise<boolean> {
  const rows = rest.map(({ id, receipt, microUsd }, index) => ({ id, place: index + 1, microUsd, ...receipt }));
  await sql.run(
    `WITH first AS (
       SELECT * FROM standfirst.attempt WHERE id = $1 AND phase IN ('reserved', 'sent', 'unknown') FOR UPDATE
     ), rest AS (
       SELECT * FROM jsonb_to_recordset($2::jsonb)
                  AS part (id text, place int, "remoteId" text, url text, extra jsonb, "microUsd" bigint)
     ), charged AS (
       INSERT INTO standfirst.cost (attempt_id, account_id, month, micro_usd)
       SELECT rest.id, post.account_id, ${THIS_MONTH}, rest."microUsd"
         FROM rest, first JOIN standfirst.post ON post.id = first.post_id WHERE rest."microUsd" > 0
     )
     INSERT INTO standfirst.attempt (id, post_id, revision, part, n, fence, worker_id, request_hash, idempotency_key, phase,
                                     remote_id, url, extra, started_at, sent_at, ended_at)
     SELECT rest.id, first.post_id, first.revision, rest.place, 1, first.fence, first.worker_id, first.request_hash,
            replace(first.post_id, 'post_', '') || '-' || first.revision || '-' || rest.place, 'published',
            rest."remoteId", rest.url, rest.extra, first.started_at, first.sent_at, standfirst.clock()
       FROM first, rest`,
    [first.id, JSON.stringify(rows)],
  );
  const { id: attemptId, receipt, microUsd } = first;
  return recordPublished(sql, { attemptId, receipt, isLast: true, microUsd });
}
