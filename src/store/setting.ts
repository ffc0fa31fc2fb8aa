import { z } from 'zod';
import type { Sql } from './database.ts';

export async function getSetting<T>(sql: Sql, key: string, shape: z.ZodType<T>): Promise<T | null> {
  const row = await sql.one(z.object({ value: z.unknown() }), 'SELECT value FROM standfirst.setting WHERE key = $1', [
    key,
  ]);
  return row === null ? null : shape.parse(row.value);
}

/** Writes a setting if there is none; @returns whether this call wrote it. */
export async function claimSetting(sql: Sql, key: string, value: unknown): Promise<boolean> {
  const added = await sql.run(
    'INSERT INTO standfirst.setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING',
    [key, JSON.stringify(value)],
  );
  return added > 0;
}

export async function putSetting(sql: Sql, key: string, value: unknown): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.setting (key, value) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = standfirst.clock()`,
    [key, JSON.stringify(value)],
  );
}

/** Writes what carries its `version` inside, the one after `version`. @returns false where somebody else did first. */
export async function putNextVersion(
  sql: Sql,
  key: string,
  version: number,
  value: { readonly version: number },
): Promise<boolean> {
  const written = await sql.run(
    `INSERT INTO standfirst.setting AS setting (key, value)
     SELECT $1, $2 WHERE $3 = 0 OR EXISTS (SELECT FROM standfirst.setting WHERE key = $1)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = standfirst.clock()
      WHERE (setting.value ->> 'version')::int = $3::int`,
    [key, JSON.stringify(value), version],
  );
  return written > 0;
}
