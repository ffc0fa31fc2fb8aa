import { z } from 'zod';
import type { Sql } from './database.ts';
import { HELD } from './keeper.ts';

const outcomeRow = z.object({
  cursor: z.string(),
  network: z.string(),
  outcome: z.enum(['published', 'failed', 'unknown', 'stale']),
  /** Milliseconds after its due time; null where it was not sent. */
  latenessMs: z.number().nullable(),
});
export type Outcome = z.infer<typeof outcomeRow>;

/** What became of posts after a cursor of the event stream, oldest first, whichever process sent them. */
export function outcomesAfter(sql: Sql, cursor: string, limit: number): Promise<Outcome[]> {
  return sql.many(
    outcomeRow,
    `SELECT event.tx::text || '-' || event.seq AS cursor, post.network, substr(event.type, 6) AS outcome,
            (event.data ->> 'latenessMs')::float8 AS "latenessMs"
       FROM standfirst.event JOIN standfirst.post ON post.id = event.subject
      WHERE (event.tx, event.seq) > (split_part($1, '-', 1)::xid8, split_part($1, '-', 2)::bigint)
        AND event.tx < pg_snapshot_xmin(pg_current_snapshot())
        AND event.type IN ('post.published', 'post.failed', 'post.unknown', 'post.stale')
      ORDER BY event.tx, event.seq LIMIT $2`,
    [cursor, limit],
  );
}

const momentRow = z.object({
  duePosts: z.number(),
  oldestDueS: z.number(),
  heldPosts: z.number(),
  heartbeatAt: z.number().nullable(),
  sourceToDeskS: z.number().nullable(),
});

/**
 * How things stand: what is due and has not gone, what a hold keeps of it (texts are read only while one is open), the latest
 * heartbeat (Unix seconds), the median from source to desk of an hour.
 */
export async function figuresNow(sql: Sql): Promise<z.infer<typeof momentRow>> {
  const row = await sql.one(
    momentRow,
    `SELECT due.n AS "duePosts", due.age AS "oldestDueS", due.held AS "heldPosts",
            (SELECT extract(epoch FROM max(seen_at))::float8 FROM standfirst.worker WHERE stopped_at IS NULL) AS "heartbeatAt",
            (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ingested_at - created_at))
               FROM standfirst.article WHERE source_id IS NOT NULL AND ingested_at > standfirst.clock() - interval '1 hour') AS "sourceToDeskS"
       FROM (SELECT count(*) FILTER (WHERE NOT is_held)::int AS n, count(*) FILTER (WHERE is_held)::int AS held,
                    coalesce(extract(epoch FROM standfirst.clock() - min(wake_at) FILTER (WHERE NOT is_held)), 0)::float8 AS age
               FROM (SELECT wake_at, EXISTS (SELECT 1 FROM standfirst.hold WHERE lifted_at IS NULL)
                            AND EXISTS (SELECT 1 FROM standfirst.post_revision AS rev
                                         WHERE rev.post_id = post.id AND rev.n = post.revision AND ${HELD}) AS is_held
                       FROM standfirst.post WHERE state = 'scheduled' AND wake_at <= standfirst.clock()) AS post) AS due`,
  );
  if (row === null) throw new Error('An aggregate without groups has one row.');
  return row;
}
