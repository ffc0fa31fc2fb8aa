import { z } from 'zod';
import type { Sql } from './database.ts';
import { leaveToPerson } from './in-doubt.ts';
import { HELD } from './keeper.ts';
import { WORTH_AS_WRITTEN } from './worth.ts';

/**
 * A hold keeps it back that may yet be lifted with `shift`, which moves its worth with it: whether it is worth anything is
 * decided then. What a person has said, and the end of an approval, no shift moves. SQL; `post` must be in scope.
 */
const MAY_BE_SHIFTED = `((post.worthless_after IS NULL OR ${WORTH_AS_WRITTEN}) AND (post.approved_until IS NULL OR post.approved_until > standfirst.clock())
    AND EXISTS (SELECT 1 FROM standfirst.post_revision AS rev WHERE rev.post_id = post.id AND rev.n = post.revision AND ${HELD}))`;

/** Scheduled posts that are worthless by now, each of the two kinds by an index of its own: past their time, or before it. SQL. */
const WORTHLESS = (which: 'wake_at <= standfirst.clock()' | 'stale_at <= wake_at'): string =>
  `SELECT id FROM standfirst.post
        WHERE state = 'scheduled' AND stale_at <= standfirst.clock() AND ${which} AND NOT ${MAY_BE_SHIFTED}
        LIMIT $1 FOR UPDATE SKIP LOCKED`;

/**
 * Posts that are worth nothing any more and were not sent, also where they would wake only later, and posts without a time whose
 * worth or approval has ended. Told, never sent; what may be out already is unknown.
 */
export async function expirePosts(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.many(
    z.object({ id: z.string() }),
    `WITH late AS (
       ${WORTHLESS('wake_at <= standfirst.clock()')}
     ), early AS (
       ${WORTHLESS('stale_at <= wake_at')}
     ), ended AS (
       SELECT id FROM standfirst.post WHERE state = 'approved' AND least(approved_until, worthless_after) <= standfirst.clock() LIMIT $1 FOR UPDATE SKIP LOCKED
     ), gone AS (
       UPDATE standfirst.post SET state = 'stale', wake_at = NULL, wake = wake + 1, version = version + 1, updated_at = standfirst.clock()
        WHERE id IN (SELECT id FROM late UNION ALL SELECT id FROM early UNION ALL SELECT id FROM ended)
       RETURNING id), told AS (INSERT INTO standfirst.event (type, subject) SELECT 'post.stale', id FROM gone)
     SELECT id FROM gone`,
    [limit],
  );
  const ids = rows.map((row) => row.id);
  await leaveToPerson(sql, ids);
  return ids;
}
