import { z } from 'zod';
import type { Sql } from './database.ts';

/**
 * Writes down in which trace a thing is met now; an attempt stays in the one that sent it.
 * @returns the `traceparent` of where it was met before; of a post that never was, that of the article it was written from.
 */
export async function swapTraceMark(sql: Sql, subject: string, traceparent: string): Promise<string | null> {
  const row = await sql.one(
    z.object({ traceparent: z.string().nullable() }),
    `WITH before AS (
       SELECT coalesce((SELECT traceparent FROM standfirst.trace_mark WHERE subject = $1),
                       (SELECT traceparent FROM standfirst.trace_mark
                         WHERE subject = (SELECT article_id FROM standfirst.post WHERE id = $1))) AS traceparent
     ), written AS (
       INSERT INTO standfirst.trace_mark (subject, traceparent) VALUES ($1, $2)
       ON CONFLICT (subject) DO UPDATE SET traceparent = excluded.traceparent, at = excluded.at
        WHERE trace_mark.subject NOT LIKE 'att\\_%'
     )
     SELECT traceparent FROM before`,
    [subject, traceparent],
  );
  return row?.traceparent ?? null;
}
