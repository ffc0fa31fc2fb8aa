import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { notWhole, readBackup } from './backup-read.ts';
import type { BackupFile } from './backup-read.ts';
import { backupTables } from './backup-tables.ts';
import type { BackupTable } from './backup-tables.ts';
import type { Database, Sql } from './database.ts';
import { doubtWhatIsDue, RESTORE } from './doubt.ts';
import { readFromHere } from './event-reader.ts';
import { placeHold } from './hold.ts';
import { migrate, newestVersion, schemaVersion } from './migrate.ts';

export interface Restored {
  readonly rows: number;
  /** When the backup was made. */
  readonly at: Date;
  /** Posts that were due since: they may be out already, so they are looked up and never just sent. */
  readonly inDoubt: number;
  /** Sources and webhooks that were active, and wait for a person too. */
  readonly paused: number;
}

/** Rows that are written at a time. */
const BATCH = 500;

/**
 * Reads a backup into a fresh database, whole or not at all. What was due after the backup was made becomes `unknown`, since
 * the installation it was made of may have sent it; and everything is held until a person resumes: posts
 * by a hold, sources and webhooks paused each.
 * @param lines of the file, without their ends. @param holdId id of the hold that is placed.
 * @throws Refusal where the database is not fresh, or the file is not a backup, cut, changed, or of a newer standfirst.
 */
export async function restoreBackup(
  database: Database,
  lines: AsyncIterable<string>,
  holdId: string,
  attemptId: () => string,
): Promise<Restored> {
  const { header, rows } = await readBackup(lines);
  await makeFresh(database, header.schema);
  const restored = await database.transaction(async (sql) => {
    const count = await insertAll(sql, rows);
    await readFromHere(sql);
    const why = `It was due after the backup of ${header.at.toISOString()} was made, and may have been sent since.`;
    const inDoubt = await doubtWhatIsDue(sql, why, attemptId);
    const reason = `Restored from the backup of ${header.at.toISOString()}: look at what went out since, then resume.`;
    await placeHold(sql, { id: holdId, scope: 'all', target: null, reason }, RESTORE);
    const paused = await pauseWhatReaches(sql, `Restored from the backup of ${header.at.toISOString()}.`);
    return { rows: count, at: header.at, inDoubt, paused };
  });
  await migrate(database);
  return restored;
}

/** What reads sites and tells others. A backup of an older version may know no such table, or no pausing. */
async function pauseWhatReaches(sql: Sql, reason: string): Promise<number> {
  const known = new Map((await backupTables(sql)).map(({ name, columns }) => [name, columns]));
  const pause = async (table: string, why: string): Promise<number> => {
    if (known.get(table)?.includes('state') !== true) return 0;
    return sql.run(
      `UPDATE standfirst.${table} SET state = 'paused', ${why} = $1, version = version + 1 WHERE state = 'active'`,
      [reason],
    );
  };
  return (await pause('source', 'reason')) + (await pause('endpoint', 'problem'));
}

async function insertAll(sql: Sql, rows: BackupFile['rows']): Promise<number> {
  const tables = new Map((await backupTables(sql)).map((table) => [table.name, table]));
  // What a trigger wrote when a row was first written is in the file too.
  for (const name of tables.keys()) await sql.run(`ALTER TABLE standfirst.${name} DISABLE TRIGGER USER`);
  let count = 0;
  let batch: { table: string; rows: unknown[] } = { table: '', rows: [] };
  const flush = async (): Promise<void> => {
    if (batch.rows.length === 0) return;
    const table = tables.get(batch.table);
    if (table === undefined) throw notWhole(`it has a table “${batch.table}” that we do not know`);
    await insertRows(sql, table, batch.rows);
  };
  for await (const { table, row } of rows) {
    if (table !== batch.table || batch.rows.length >= BATCH) {
      await flush();
      batch = { table, rows: [] };
    }
    batch.rows.push(row);
    count++;
  }
  await flush();
  for (const table of tables.values()) {
    await sql.run(`ALTER TABLE standfirst.${table.name} ENABLE TRIGGER USER`);
    await goOnCounting(sql, table);
  }
  return count;
}

/** Brings an empty database to the tables of the backup. @throws Refusal where there is anything in it. */
async function makeFresh(database: Database, schema: number): Promise<void> {
  if (schema > newestVersion()) {
    throw new Refusal(
      'unavailable',
      `The backup is of version ${schema}, this standfirst knows ${newestVersion()}: restore it with the newer standfirst.`,
    );
  }
  if (!(await isEmpty(database, schema))) {
    throw new Refusal(
      'conflict',
      'The database holds an installation already, and a restore overwrites nothing: name a new folder with STANDFIRST_DATA, or a new database with DATABASE_URL.',
    );
  }
  await migrate(database, schema);
}

/** No tables of ours, or none with a row, as a restore leaves them that was refused half-way. */
async function isEmpty(database: Database, schema: number): Promise<boolean> {
  const known = z.object({ known: z.boolean() });
  const made = await database.one(known, `SELECT to_regclass('standfirst.migration') IS NOT NULL AS known`);
  if (made?.known !== true) return true;
  if ((await schemaVersion(database)) > schema) return false;
  for (const { name } of await backupTables(database)) {
    const row = await database.one(known, `SELECT EXISTS (SELECT 1 FROM standfirst.${name}) AS known`);
    if (row?.known === true) return false;
  }
  return true;
}

async function insertRows(sql: Sql, { name, columns }: BackupTable, rows: readonly unknown[]): Promise<void> {
  const list = columns.map((column) => `"${column}"`).join(', ');
  await sql.run(
    `INSERT INTO standfirst.${name} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM jsonb_populate_recordset(NULL::standfirst.${name}, $1)`,
    [JSON.stringify(rows)],
  );
}

async function goOnCounting(sql: Sql, { name, identity }: BackupTable): Promise<void> {
  if (identity === null) return;
  await sql.run(
    `SELECT setval(pg_get_serial_sequence('standfirst.${name}', '${identity}'), (SELECT max("${identity}") FROM standfirst.${name}))
      WHERE EXISTS (SELECT 1 FROM standfirst.${name})`,
  );
}
