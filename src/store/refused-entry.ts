import { z } from 'zod';
import type { Sql } from './database.ts';

export interface RefusedEntry {
  readonly how: string;
  /** Id of the member or key that was tried; a word where it is nobody's. */
  readonly subject: string;
  /** Where it came from, as counted, and the address itself. */
  readonly network: string;
  readonly ip: string;
}

/** So many are told apart at a time; those beyond are counted as one. What an attacker makes the audit grow by has this bound. */
const MOST_APART = 200;
export const MANY = 'many';

const notedRow = z.object({ subject: z.string(), tries: z.number() });

/** @returns under which subject it was counted, and how many there were of these in this window. */
export async function noteRefusedEntry(sql: Sql, entry: RefusedEntry): Promise<z.infer<typeof notedRow>> {
  const row = await sql.one(
    notedRow,
    `INSERT INTO standfirst.refused_entry AS entry (how, subject, network, ip, tries, begun_at)
     SELECT $1, CASE WHEN is_full THEN '${MANY}' ELSE $2 END, CASE WHEN is_full THEN '' ELSE $3 END, $4, 1, standfirst.clock()
       FROM (SELECT count(*) >= ${MOST_APART} AND count(*) FILTER (WHERE how = $1 AND subject = $2 AND network = $3) = 0 AS is_full
               FROM standfirst.refused_entry) AS apart
     ON CONFLICT (how, subject, network) DO UPDATE SET tries = entry.tries + 1
     RETURNING subject, tries`,
    [entry.how, entry.subject, entry.network, entry.ip],
  );
  if (row === null) throw new Error('A refused entry was not counted.');
  return row;
}

const closedRow = z.object({
  how: z.string(),
  subject: z.string(),
  ip: z.string(),
  tries: z.number(),
  begunAt: z.date(),
});
export type ClosedEntry = z.infer<typeof closedRow>;

/** Takes away what began longer ago than a window, for the number to be written down in the same transaction. */
export function closeRefusedEntries(sql: Sql, windowMs: number): Promise<ClosedEntry[]> {
  return sql.many(
    closedRow,
    `DELETE FROM standfirst.refused_entry WHERE begun_at < standfirst.clock() - make_interval(secs => $1 / 1000.0)
     RETURNING how, subject, ip, tries, begun_at AS "begunAt"`,
    [windowMs],
  );
}
