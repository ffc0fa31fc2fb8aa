import { z } from 'zod';
import type { Sql } from './database.ts';

/** Where sealed text stands; names of ours, never of a caller. */
interface Column {
  readonly table: string;
  readonly id: string;
  readonly column: string;
}

const sealedRow = z.object({ id: z.string(), sealed: z.string() });

/** A page of sealed texts, by id; rows whose secret was wiped are left out. */
export function sealedTexts(
  sql: Sql,
  { table, id, column }: Column,
  after: string,
  limit: number,
): Promise<z.infer<typeof sealedRow>[]> {
  return sql.many(
    sealedRow,
    `SELECT ${id} AS id, ${column} AS sealed FROM standfirst.${table} WHERE ${id} > $1 AND ${column} <> '' ORDER BY ${id} LIMIT $2`,
    [after, limit],
  );
}

/** Puts another seal on the same secret. @returns false where somebody changed the row meanwhile. */
export async function resealText(
  sql: Sql,
  { table, id, column }: Column,
  row: string,
  from: string,
  to: string,
): Promise<boolean> {
  const changed = await sql.run(`UPDATE standfirst.${table} SET ${column} = $3 WHERE ${id} = $1 AND ${column} = $2`, [
    row,
    from,
    to,
  ]);
  return changed > 0;
}
