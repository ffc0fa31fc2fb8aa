import { z } from 'zod';
import type { Sql } from './database.ts';

/** A table as a backup holds it. */
export interface BackupTable {
  readonly name: string;
  /** Columns that are stored: neither computed nor (a transaction's number) the server's own. */
  readonly columns: readonly string[];
  /** Its identity column, whose counter has to go on where the rows end; null where it has none. */
  readonly identity: string | null;
}

/** What belongs to one running installation and would be wrong, or unsafe, in another. */
const LEFT_OUT = [
  'migration',
  'session',
  'sign_in_link',
  'connection',
  'try',
  'refused_entry',
  'idempotency',
  'worker',
  'event_reader',
  'trace_mark',
];
const tableRow = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  identity: z.string().nullable(),
  needs: z.array(z.string()),
});

/** Every table that a backup holds, each after those it refers to. Read from the catalog, so that a new table is never forgotten. */
export async function backupTables(sql: Sql): Promise<BackupTable[]> {
  const rows = await sql.many(
    tableRow,
    `SELECT class.relname AS name,
            (SELECT array_agg(attname::text ORDER BY attnum) FROM pg_attribute
              WHERE attrelid = class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND atttypid <> 'xid8'::regtype) AS columns,
            (SELECT attname::text FROM pg_attribute WHERE attrelid = class.oid AND attidentity <> '' LIMIT 1) AS identity,
            coalesce((SELECT array_agg(DISTINCT other.relname::text) FROM pg_constraint JOIN pg_class AS other ON other.oid = confrelid
                       WHERE conrelid = class.oid AND contype = 'f' AND confrelid <> class.oid), '{}') AS needs
       FROM pg_class AS class WHERE class.relnamespace = 'standfirst'::regnamespace AND class.relkind = 'r' AND class.relname <> ALL ($1)
      ORDER BY class.relname`,
    [LEFT_OUT],
  );
  const ordered: BackupTable[] = [];
  const left = new Map(rows.map((row) => [row.name, row]));
  while (left.size > 0) {
    const next = [...left.values()].find(({ needs }) => !needs.some((name) => left.has(name)));
    if (next === undefined)
      throw new Error(`These tables refer to each other in a ring: ${[...left.keys()].join(', ')}.`);
    left.delete(next.name);
    ordered.push({ name: next.name, columns: next.columns, identity: next.identity });
  }
  return ordered;
}
