import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Database, Sql } from './database.ts';

/** Forward-only migrations: `migrations/NNNN_name.sql`, each in one transaction with its row in the ledger. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

const folder = new URL('./migrations/', import.meta.url);

export function listMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_.+\.sql$/.test(file))
    .sort()
    .map((file) => ({
      version: Number(file.slice(0, 4)),
      name: file.slice(5, -4),
      sql: readFileSync(new URL(file, folder), 'utf8'),
    }));
}

/** Oldest server whose SQL ours is written for. */
const OLDEST_SERVER = 150_000;
const LOCK = 7_305_001;

/**
 * The version the database is at, where migrations are pending; null where there is nothing to do. Asked before `migrate`
 * by whoever makes a backup first.
 */
export async function pendingFrom(database: Database): Promise<number | null> {
  const client = await database.connect();
  try {
    await refuseOldServer(client);
    const { rows } = await client.query("SELECT to_regclass('standfirst.migration') IS NOT NULL AS known");
    const { known } = z.object({ known: z.boolean() }).parse(rows[0]);
    const at = known ? await versionOf(client) : 0;
    return at < newestVersion() ? at : null;
  } finally {
    await client.end();
  }
}

/**
 * Brings the schema up to date. Safe to call from several processes at once: one works, the others wait.
 * @param upTo the version to stop at; default the newest.
 * @throws Error where the server is older than PostgreSQL 15 or the database was written by a newer standfirst.
 */
export async function migrate(database: Database, upTo = newestVersion()): Promise<{ from: number; to: number }> {
  const newest = newestVersion();
  const client = await database.connect();
  try {
    await refuseOldServer(client);
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query('CREATE SCHEMA IF NOT EXISTS standfirst');
    await client.query(
      'CREATE TABLE IF NOT EXISTS standfirst.migration (version integer PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
    );
    const version = await versionOf(client);
    if (version > newest) {
      throw new Refusal(
        'unavailable',
        `The database is at version ${version}, this standfirst knows ${newest}: it was written by a newer one. Start the newer standfirst, or restore a backup.`,
      );
    }
    for (const migration of listMigrations().filter((one) => one.version > version && one.version <= upTo)) {
      await client.query('BEGIN');
      await client.query(migration.sql);
      await client.query('INSERT INTO standfirst.migration (version, name) VALUES ($1, $2)', [
        migration.version,
        migration.name,
      ]);
      await client.query('COMMIT');
    }
    return { from: version, to: upTo };
  } finally {
    // Ending the connection gives back the lock and rolls back what a failed migration left open.
    await client.end();
  }
}

/** Version of the tables as they are. @throws where there are none. */
export async function schemaVersion(sql: Sql): Promise<number> {
  const row = z.object({ version: z.number() });
  return (await sql.one(row, 'SELECT max(version) AS version FROM standfirst.migration'))?.version ?? 0;
}

/** The version that this code's tables have. */
export function newestVersion(): number {
  return listMigrations().at(-1)?.version ?? 0;
}

interface Client {
  query(text: string): Promise<{ rows: unknown[] }>;
}

async function versionOf(client: Client): Promise<number> {
  const { rows } = await client.query('SELECT coalesce(max(version), 0) AS version FROM standfirst.migration');
  return z.object({ version: z.number() }).parse(rows[0]).version;
}

async function refuseOldServer(client: Client): Promise<void> {
  const { rows } = await client.query(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name",
  );
  const server = z.object({ number: z.number(), name: z.string() }).parse(rows[0]);
  if (server.number < OLDEST_SERVER)
    throw new Refusal('unavailable', `PostgreSQL ${server.name} is too old: standfirst needs 15 or newer.`);
}
