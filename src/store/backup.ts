import { createHash } from 'node:crypto';
import { z } from 'zod';
import { backupTables } from './backup-tables.ts';
import type { BackupTable } from './backup-tables.ts';
import type { Database, Sql } from './database.ts';
import { schemaVersion } from './migrate.ts';

/** First line of a backup. */
export const backupHeader = z.object({
  standfirst: z.literal('backup'),
  /** Version of the tables: a restore brings a fresh database to it before it reads on. */
  schema: z.number(),
  at: z.coerce.date(),
});

/** Last line: without it the file is cut, and with another sum it was changed. */
export const backupEnd = z.object({ end: z.literal(true), rows: z.number(), sha256: z.string() });

export const backupLine = z.object({ table: z.string(), row: z.record(z.string(), z.unknown()) });

/** Rows that are fetched at a time; an image is as large as thousands of others. */
const PAGE = 500;
const PAGE_OF_IMAGES = 4;

/**
 * Writes the whole installation as JSON lines, all of one moment, while it goes on working: a header, each row of each table,
 * and a last line with the count and the SHA-256 of what came before. Tokens stay encrypted; the key is not in it.
 * @param write takes one line without its end; waits where the reader is slow.
 * @returns how many rows there were.
 */
export function writeBackup(database: Database, now: Date, write: (line: string) => Promise<void>): Promise<number> {
  return database.transaction(async (sql) => {
    await sql.run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const sum = createHash('sha256');
    const put = async (line: string): Promise<void> => {
      sum.update(`${line}\n`);
      await write(line);
    };
    await put(JSON.stringify({ standfirst: 'backup', schema: await schemaVersion(sql), at: now.toISOString() }));
    let rows = 0;
    for (const table of await backupTables(sql)) {
      for await (const row of rowsOf(sql, table)) {
        rows++;
        await put(lineOf(table, row));
      }
    }
    await write(JSON.stringify({ end: true, rows, sha256: sum.digest('hex') }));
    return rows;
  });
}

/** A row, as JSON, of a table, as a line. */
export function lineOf({ name }: BackupTable, row: string): string {
  return `{"table":"${name}","row":${row}}`;
}

/** The rows of a table, each as JSON. */
export async function* rowsOf(sql: Sql, { name, columns }: BackupTable): AsyncGenerator<string> {
  const line = z.object({ row: z.string() });
  const list = columns.map((column) => `"${column}"`).join(', ');
  await sql.run(
    `DECLARE backup_rows NO SCROLL CURSOR FOR SELECT to_jsonb(one)::text AS row FROM (SELECT ${list} FROM standfirst.${name}) AS one`,
  );
  const most = columns.includes('bytes') ? PAGE_OF_IMAGES : PAGE;
  for (;;) {
    const page = await sql.many(line, `FETCH ${most} FROM backup_rows`);
    for (const { row } of page) yield row;
    if (page.length < most) break;
  }
  await sql.run('CLOSE backup_rows');
}
