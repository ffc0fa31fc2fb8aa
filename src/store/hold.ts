import { z } from 'zod';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';

export const holdScopes = ['all', 'network', 'account', 'word'] as const;

export const holdRow = z.object({
  id: z.string(),
  scope: z.enum(holdScopes),
  target: z.string().nullable(),
  reason: z.string(),
  placedBy: z.string(),
  placedAt: z.date(),
});
export type HoldRow = z.infer<typeof holdRow>;

const columns = `id, scope, target, reason, placed_by AS "placedBy", placed_at AS "placedAt"`;

/** From the moment this has committed no request of a matching post leaves: the claim and the mark look here. */
export async function placeHold(
  sql: Sql,
  hold: { id: string; scope: HoldRow['scope']; target: string | null; reason: string },
  actor: string,
): Promise<HoldRow> {
  const row = await sql.one(
    holdRow,
    `INSERT INTO standfirst.hold (id, scope, target, reason, placed_by) VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`,
    [hold.id, hold.scope, hold.target, hold.reason, actor],
  );
  await recordEvent(sql, {
    type: 'publishing.held',
    subject: hold.id,
    actor,
    data: { scope: hold.scope, target: hold.target, reason: hold.reason },
  });
  return row as HoldRow;
}

/** @returns false where there was no such open hold. */
export async function liftHold(sql: Sql, id: string, actor: string): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE standfirst.hold SET lifted_at = standfirst.clock(), lifted_by = $2 WHERE id = $1 AND lifted_at IS NULL`,
    [id, actor],
  );
  if (changed > 0) await recordEvent(sql, { type: 'publishing.resumed', subject: id, actor });
  return changed > 0;
}

export function openHolds(sql: Sql): Promise<HoldRow[]> {
  return sql.many(holdRow, `SELECT ${columns} FROM standfirst.hold WHERE lifted_at IS NULL ORDER BY placed_at`);
}
