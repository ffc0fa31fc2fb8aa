import { z } from 'zod';
import type { Sql } from './database.ts';
import { leaveToPerson } from './in-doubt.ts';

/** Posts whose time has passed without their being sent, and approvals that ended before a post had a time. Told, never sent; what may be out already is unknown. */
export async function expirePosts(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.many(
    z.object({ id: z.string() }),
    `WITH late AS (
       SELECT id FROM standfirst.post WHERE state = 'scheduled' AND wake_at <= standfirst.clock() AND stale_at <= standfirst.clock()
        LIMIT $1 FOR UPDATE SKIP LOCKED
     ), ended AS (
       SELECT id FROM standfirst.post WHERE state = 'approved' AND approved_until <= standfirst.clock() LIMIT $1 FOR UPDATE SKIP LOCKED
     ), gone AS (
       UPDATE standfirst.post SET state = 'stale', wake_at = NULL, wake = wake + 1, version = version + 1, updated_at = standfirst.clock()
        WHERE id IN (SELECT id FROM late UNION ALL SELECT id FROM ended)
       RETURNING id), told AS (INSERT INTO standfirst.event (type, subject) SELECT 'post.stale', id FROM gone)
     SELECT id FROM gone`,
    [limit],
  );
  const ids = rows.map((row) => row.id);
  await leaveToPerson(sql, ids);
  return ids;
}
