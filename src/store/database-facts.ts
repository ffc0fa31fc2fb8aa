import { z } from 'zod';
import type { Sql } from './database.ts';

const factsRow = z.object({
  version: z.string(),
  sizeBytes: z.number(),
  connections: z.number(),
  maxConnections: z.number(),
});

/** What an operator asks first of the database. `connections` are those of everybody who uses it. */
export async function databaseFacts(sql: Sql): Promise<z.infer<typeof factsRow>> {
  const row = await sql.one(
    factsRow,
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS "sizeBytes",
            (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database()) AS connections,
            current_setting('max_connections')::int AS "maxConnections"`,
  );
  if (row === null) throw new Error('A query without a table has one row.');
  return row;
}
