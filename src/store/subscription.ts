import { z } from 'zod';
import type { Sql } from './database.ts';

const subscriptionRow = z.object({
  sourceId: z.string(),
  hub: z.string(),
  topic: z.string(),
  token: z.string(),
  /** Sealed by the key ring. */
  secret: z.string(),
  state: z.enum(['asked', 'active', 'denied']),
  askedAt: z.date(),
  leaseUntil: z.date().nullable(),
  problem: z.string().nullable(),
});
export type SubscriptionRow = z.infer<typeof subscriptionRow>;

const columns = `source_id AS "sourceId", hub, topic, token, secret, state, asked_at AS "askedAt", lease_until AS "leaseUntil", problem`;

export function getSubscription(sql: Sql, sourceId: string): Promise<SubscriptionRow | null> {
  return sql.one(subscriptionRow, `SELECT ${columns} FROM standfirst.subscription WHERE source_id = $1`, [sourceId]);
}

/** The subscription whose address a hub has called; null where it is none of ours, or its source is not read. */
export function subscriptionAt(sql: Sql, token: string): Promise<SubscriptionRow | null> {
  return sql.one(
    subscriptionRow,
    `SELECT ${columns} FROM standfirst.subscription
      WHERE token = $1 AND EXISTS (SELECT 1 FROM standfirst.source WHERE id = source_id AND state = 'active')`,
    [token],
  );
}

/** Writes down that a hub is being asked, before it is: it may call back before it answers. */
export async function putSubscription(
  sql: Sql,
  asked: Pick<SubscriptionRow, 'sourceId' | 'hub' | 'topic' | 'token' | 'secret'>,
): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.subscription (source_id, hub, topic, token, secret, state, asked_at) VALUES ($1, $2, $3, $4, $5, 'asked', standfirst.clock())
     ON CONFLICT (source_id) DO UPDATE SET hub = excluded.hub, topic = excluded.topic, token = excluded.token, secret = excluded.secret,
            state = 'asked', asked_at = standfirst.clock(), problem = NULL`,
    [asked.sourceId, asked.hub, asked.topic, asked.token, asked.secret],
  );
}

/** The hub has confirmed for so many seconds. @returns false where nothing was asked. */
export async function confirmSubscription(sql: Sql, token: string, leaseS: number): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE standfirst.subscription SET state = 'active', problem = NULL, lease_until = standfirst.clock() + make_interval(secs => $2)
      WHERE token = $1 AND state IN ('asked', 'active')`,
    [token, leaseS],
  );
  return changed > 0;
}

export async function denySubscription(sql: Sql, token: string, problem: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.subscription SET state = 'denied', lease_until = NULL, problem = $2 WHERE token = $1`,
    [token, problem],
  );
}

export async function noteDelivery(sql: Sql, token: string): Promise<void> {
  await sql.run(`UPDATE standfirst.subscription SET delivered_at = standfirst.clock() WHERE token = $1`, [token]);
}
