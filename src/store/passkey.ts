import { z } from 'zod';
import type { Sql } from './database.ts';
import { isUniqueViolation } from './database.ts';
import { recordEvent } from './event.ts';
import { Refusal } from '../domain/errors.ts';

const passkeyRow = z.object({
  id: z.string(),
  memberId: z.string(),
  name: z.string(),
  credentialId: z.string(),
  publicKey: z.instanceof(Uint8Array),
  counter: z.number(),
  transports: z.array(z.string()),
  createdAt: z.date(),
  usedAt: z.date().nullable(),
});
export type PasskeyRow = z.infer<typeof passkeyRow>;
export type NewPasskey = Omit<PasskeyRow, 'createdAt' | 'usedAt'>;

const columns = `id, member_id AS "memberId", name, credential_id AS "credentialId", public_key AS "publicKey", counter, transports,
  created_at AS "createdAt", used_at AS "usedAt"`;

/** Of a member who is still one. */
export function getPasskey(sql: Sql, credentialId: string): Promise<PasskeyRow | null> {
  return sql.one(
    passkeyRow,
    `SELECT ${columns} FROM standfirst.passkey
      WHERE credential_id = $1 AND member_id IN (SELECT id FROM standfirst.member WHERE removed_at IS NULL)`,
    [credentialId],
  );
}

export function listPasskeys(sql: Sql, memberId: string): Promise<PasskeyRow[]> {
  return sql.many(passkeyRow, `SELECT ${columns} FROM standfirst.passkey WHERE member_id = $1 ORDER BY id`, [memberId]);
}

/** @throws Refusal `conflict` where the passkey is known already. */
export async function insertPasskey(sql: Sql, passkey: NewPasskey): Promise<void> {
  const { id, memberId, name, credentialId, publicKey, counter, transports } = passkey;
  await sql
    .run(
      `INSERT INTO standfirst.passkey (id, member_id, name, credential_id, public_key, counter, transports) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, memberId, name, credentialId, Buffer.from(publicKey), counter, transports],
    )
    .catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error;
      throw new Refusal('conflict', 'This passkey is known already.');
    });
  await recordEvent(sql, {
    type: 'member.passkey_added',
    subject: memberId,
    actor: memberId,
    data: { name },
    after: { name },
  });
}

/** Notes a use. @returns false where another use was counted higher meanwhile: the passkey has a copy. */
export async function usePasskey(sql: Sql, id: string, counter: number): Promise<boolean> {
  const used = await sql.run(
    `UPDATE standfirst.passkey SET counter = $2, used_at = standfirst.clock() WHERE id = $1 AND (counter < $2 OR counter = 0)`,
    [id, counter],
  );
  return used > 0;
}

/** @returns false where the member has no such passkey. */
export async function removePasskey(sql: Sql, memberId: string, id: string): Promise<boolean> {
  const before = await sql.one(
    z.object({ name: z.string() }),
    `DELETE FROM standfirst.passkey WHERE member_id = $1 AND id = $2 RETURNING name`,
    [memberId, id],
  );
  if (before === null) return false;
  await recordEvent(sql, {
    type: 'member.passkey_removed',
    subject: memberId,
    actor: memberId,
    data: { passkey: id },
    before,
  });
  return true;
}

const CHALLENGE_LIFE_MS = 5 * 60_000;

/** Keeps a challenge by its hash, and forgets those that ran out. */
export async function insertChallenge(sql: Sql, hash: string, memberId: string | null): Promise<void> {
  await sql.run(`DELETE FROM standfirst.passkey_challenge WHERE expires_at < standfirst.clock()`);
  await sql.run(
    `INSERT INTO standfirst.passkey_challenge (hash, member_id, expires_at)
     VALUES ($1, $2, standfirst.clock() + make_interval(secs => $3 / 1000.0))`,
    [hash, memberId, CHALLENGE_LIFE_MS],
  );
}

/** Uses a challenge up. @returns false where it was used, has run out, or was put to somebody else. */
export async function takeChallenge(sql: Sql, hash: string, memberId: string | null): Promise<boolean> {
  const taken = await sql.run(
    `DELETE FROM standfirst.passkey_challenge WHERE hash = $1 AND member_id IS NOT DISTINCT FROM $2 AND expires_at > standfirst.clock()`,
    [hash, memberId],
  );
  return taken > 0;
}
