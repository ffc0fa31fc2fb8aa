import { z } from 'zod';
import type { Sql } from './database.ts';

export const memberRoles = ['viewer', 'writer', 'editor', 'publisher', 'admin'] as const;
const memberRow = z.object({ id: z.string(), name: z.string(), role: z.enum(memberRoles) });
export type MemberRow = z.infer<typeof memberRow>;

export function getMember(sql: Sql, id: string): Promise<MemberRow | null> {
  return sql.one(memberRow, `SELECT id, name, role FROM standfirst.member WHERE id = $1 AND removed_at IS NULL`, [id]);
}

/** The first admin: whoever installed standfirst. Made once, however many processes start at the same time. */
export async function ensureAdmin(sql: Sql, id: string, name: string): Promise<MemberRow> {
  // A transaction-scoped lock (the caller's transaction), so that two processes cannot both find no admin.
  await sql.run('SELECT pg_advisory_xact_lock(7305002)');
  const existing = await sql.one(
    memberRow,
    `SELECT id, name, role FROM standfirst.member WHERE role = 'admin' AND removed_at IS NULL ORDER BY created_at, id LIMIT 1`,
  );
  if (existing !== null) return existing;
  await sql.run(`INSERT INTO standfirst.member (id, name, role) VALUES ($1, $2, 'admin')`, [id, name]);
  return { id, name, role: 'admin' };
}
