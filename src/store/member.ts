import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { found, isUniqueViolation } from './database.ts';
import type { Sql } from './database.ts';
import { forgetChanges } from './audit.ts';
import { recordEvent } from './event.ts';
import { staleVersion } from './stale-version.ts';
import type { PageRequest } from './page.ts';

export const memberRoles = ['viewer', 'writer', 'editor', 'publisher', 'admin'] as const;
export type MemberRole = (typeof memberRoles)[number];

export const memberRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(memberRoles),
  version: z.number(),
  hasPassword: z.boolean(),
  passkeys: z.number(),
  createdAt: z.date(),
  /** Null: invited, and has not come yet. */
  joinedAt: z.date().nullable(),
  /** Of any session that was used. */
  seenAt: z.date().nullable(),
});
export type MemberRow = z.infer<typeof memberRow>;

export const memberColumns = `member.id, member.name, member.email, member.role, member.version, member.password_hash IS NOT NULL AS "hasPassword",
  (SELECT count(*) FROM standfirst.passkey WHERE passkey.member_id = member.id) AS passkeys, member.created_at AS "createdAt",
  member.joined_at AS "joinedAt", (SELECT max(seen_at) FROM standfirst.session WHERE session.member_id = member.id) AS "seenAt"`;

export function getMember(sql: Sql, id: string): Promise<MemberRow | null> {
  return sql.one(
    memberRow,
    `SELECT ${memberColumns} FROM standfirst.member WHERE member.id = $1 AND member.removed_at IS NULL`,
    [id],
  );
}

/** In the order of their joining the team. */
export function listMembers(sql: Sql, page: PageRequest): Promise<MemberRow[]> {
  return sql.many(
    memberRow,
    `SELECT ${memberColumns} FROM standfirst.member
      WHERE member.removed_at IS NULL AND ($2::text IS NULL OR member.id > $2) ORDER BY member.id LIMIT $1`,
    [page.limit, page.after?.[0] ?? null],
  );
}

/** The member of that name or e-mail address, whatever its case. */
export function findMember(sql: Sql, login: string): Promise<MemberRow | null> {
  return sql.one(
    memberRow,
    `SELECT ${memberColumns} FROM standfirst.member
      WHERE member.removed_at IS NULL AND (lower(member.name) = lower($1) OR lower(member.email) = lower($1))`,
    [login],
  );
}

/** Whoever changes roles or removes members waits here for the one before, so that two admins cannot end each other. */
export async function lockTeam(sql: Sql): Promise<void> {
  await sql.run('SELECT pg_advisory_xact_lock(7305002)');
}

/** Admins who have signed in at least once, without this member. */
export async function countOtherAdmins(sql: Sql, id: string): Promise<number> {
  const row = await sql.one(
    z.object({ admins: z.number() }),
    `SELECT count(*) AS admins FROM standfirst.member
      WHERE role = 'admin' AND removed_at IS NULL AND joined_at IS NOT NULL AND id <> $1`,
    [id],
  );
  return row?.admins ?? 0;
}

/** The first admin: whoever installed standfirst. Made once, however many processes start at the same time. */
export async function ensureAdmin(sql: Sql, id: string, name: string): Promise<MemberRow> {
  await lockTeam(sql);
  const existing = await sql.one(
    memberRow,
    `SELECT ${memberColumns} FROM standfirst.member WHERE role = 'admin' AND removed_at IS NULL ORDER BY created_at, id LIMIT 1`,
  );
  if (existing !== null) return existing;
  await sql.run(`INSERT INTO standfirst.member (id, name, role) VALUES ($1, $2, 'admin')`, [id, name]);
  return found(await getMember(sql, id), 'member', id);
}

export interface MemberFields {
  readonly name: string;
  readonly email: string | null;
  readonly role: MemberRole;
}

/** @throws Refusal `conflict` where the name or the address is taken. */
export async function insertMember(sql: Sql, id: string, fields: MemberFields, actor: string): Promise<MemberRow> {
  await sql
    .run(`INSERT INTO standfirst.member (id, name, email, role) VALUES ($1, $2, $3, $4)`, [
      id,
      fields.name,
      fields.email,
      fields.role,
    ])
    .catch((error: unknown) => refuseTaken(error, fields));
  await recordEvent(sql, { type: 'member.invited', subject: id, actor, data: { role: fields.role }, after: fields });
  return found(await getMember(sql, id), 'member', id);
}

/** @throws Refusal `conflict`, `not-found`, or `stale-version` where it has moved on. */
export async function changeMember(
  sql: Sql,
  before: MemberRow,
  version: number | null,
  fields: MemberFields,
  actor: string,
): Promise<MemberRow> {
  const changed = await sql
    .run(
      `UPDATE standfirst.member SET name = $3, email = $4, role = $5, version = version + 1, updated_at = standfirst.clock()
        WHERE id = $1 AND removed_at IS NULL AND ($2::int IS NULL OR version = $2)`,
      [before.id, version, fields.name, fields.email, fields.role],
    )
    .catch((error: unknown) => refuseTaken(error, fields));
  const row = found(await getMember(sql, before.id), 'member', before.id);
  if (changed === 0) {
    throw staleVersion(`Member ${before.id}`, row.version, version);
  }
  const { name, email, role } = before;
  const data = role === fields.role ? {} : { from: role, role: fields.role };
  await recordEvent(sql, {
    type: 'member.changed',
    subject: before.id,
    actor,
    data,
    before: { name, email, role },
    after: fields,
  });
  return row;
}

/** Removes a member for good; what they wrote stays under their id. Their sessions, keys and links work no more. */
export async function removeMember(sql: Sql, before: MemberRow, actor: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.member SET removed_at = standfirst.clock(), password_hash = NULL, email = NULL WHERE id = $1`,
    [before.id],
  );
  const { name, role } = before;
  await forgetChanges(sql, before.id);
  await recordEvent(sql, { type: 'member.removed', subject: before.id, actor, before: { name, role } });
}

/** The stored hash; only sign-in and the change of a password may ask. */
export async function getPasswordHash(sql: Sql, id: string): Promise<string | null> {
  const row = await sql.one(
    z.object({ hash: z.string().nullable() }),
    `SELECT password_hash AS hash FROM standfirst.member WHERE id = $1 AND removed_at IS NULL`,
    [id],
  );
  return row?.hash ?? null;
}

export async function setPassword(sql: Sql, id: string, hash: string, actor: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.member SET password_hash = $2, password_at = standfirst.clock() WHERE id = $1 AND removed_at IS NULL`,
    [id, hash],
  );
  await recordEvent(sql, { type: 'member.password_set', subject: id, actor });
}

/** The same password under today's cost: nothing that a person did. */
export async function rehashPassword(sql: Sql, id: string, old: string, hash: string): Promise<void> {
  await sql.run(`UPDATE standfirst.member SET password_hash = $3 WHERE id = $1 AND password_hash = $2`, [
    id,
    old,
    hash,
  ]);
}

export async function markJoined(sql: Sql, id: string): Promise<void> {
  await sql.run(`UPDATE standfirst.member SET joined_at = standfirst.clock() WHERE id = $1 AND joined_at IS NULL`, [
    id,
  ]);
}

function refuseTaken(error: unknown, { name, email }: MemberFields): never {
  const taken = isUniqueViolation(error, 'member_name') ? `name ${name}` : `address ${email ?? ''}`;
  if (!isUniqueViolation(error)) throw error;
  throw new Refusal('conflict', `There is a member with the ${taken} already: choose another one.`);
}
