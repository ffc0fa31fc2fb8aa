import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';
import { getWebhook } from './webhook.ts';

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;

const deliveryRow = z.object({
  id: z.string(),
  webhookId: z.string(),
  type: z.string(),
  payload: z.string(),
  state: z.enum(deliveryStates),
  tries: z.number(),
  nextAt: z.date(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;

const columns = `id, webhook_id AS "webhookId", type, payload, state, tries, next_at AS "nextAt", created_at AS "createdAt",
  ended_at AS "endedAt"`;

export interface NewDelivery {
  readonly id: string;
  readonly webhookId: string;
  /** Of the event; null for a test. */
  readonly cursor: string | null;
  readonly type: string;
  readonly payload: string;
}

/** Written once for each event, webhook and name, however often the event is read. */
export async function insertDeliveries(sql: Sql, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  await sql.run(
    `INSERT INTO standfirst.delivery (id, webhook_id, cursor, type, payload, next_at, created_at)
     SELECT id, "webhookId", cursor, type, payload, standfirst.clock(), standfirst.clock()
       FROM jsonb_to_recordset($1) AS given (id text, "webhookId" text, cursor text, type text, payload text)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(deliveries)],
  );
}

export function getDelivery(sql: Sql, id: string): Promise<DeliveryRow | null> {
  return sql.one(deliveryRow, `SELECT ${columns} FROM standfirst.delivery WHERE id = $1`, [id]);
}

/** Of one webhook, newest first. */
export function pageDeliveries(
  sql: Sql,
  webhookId: string,
  state: string | null,
  page: PageRequest,
): Promise<DeliveryRow[]> {
  return sql.many(
    deliveryRow,
    `SELECT ${columns} FROM standfirst.delivery
      WHERE webhook_id = $2 AND ($3::text IS NULL OR state = $3) AND ($4::text IS NULL OR id < $4) ORDER BY id DESC LIMIT $1`,
    [page.limit, webhookId, state, page.after?.[0] ?? null],
  );
}

const tryRow = z.object({
  n: z.number(),
  at: z.date(),
  ms: z.number(),
  status: z.number().nullable(),
  response: z.string().nullable(),
  problem: z.string().nullable(),
});
export type TryRow = z.infer<typeof tryRow>;

export function listTries(sql: Sql, deliveryId: string): Promise<TryRow[]> {
  return sql.many(
    tryRow,
    `SELECT n, at, ms, status, response, problem FROM standfirst.delivery_try WHERE delivery_id = $1 ORDER BY n`,
    [deliveryId],
  );
}

const due = z.object({ deliveryId: z.string(), tries: z.number() });

/**
 * Deliveries that are due and nobody is at: `most` of each receiver, one of a receiver that fails, so that a dead one keeps
 * no other waiting.
 */
export function dueDeliveries(sql: Sql, most: number): Promise<z.infer<typeof due>[]> {
  return sql.many(
    due,
    `SELECT delivery.id AS "deliveryId", delivery.tries FROM standfirst.endpoint AS hook, LATERAL (
       SELECT id, tries, next_at FROM standfirst.delivery
        WHERE webhook_id = hook.id AND state = 'waiting' AND next_at <= standfirst.clock()
          AND (taken_until IS NULL OR taken_until <= standfirst.clock())
        ORDER BY next_at, id LIMIT CASE WHEN hook.failing_since IS NULL THEN $1 ELSE 1 END
     ) AS delivery WHERE hook.state = 'active' ORDER BY delivery.next_at, delivery.id`,
    [most],
  );
}

const taken = z.object({
  webhookId: z.string(),
  url: z.string(),
  payload: z.string(),
  secret: z.string(),
  oldSecret: z.string().nullable(),
  tries: z.number(),
});
export type TakenDelivery = z.infer<typeof taken>;

/** Takes a delivery for one try; `tries` counts it. @returns null where it is not due, or somebody is at it. */
export function takeDelivery(sql: Sql, id: string, leaseMs: number): Promise<TakenDelivery | null> {
  return sql.one(
    taken,
    `UPDATE standfirst.delivery AS delivery
        SET tries = delivery.tries + 1, taken_until = standfirst.clock() + make_interval(secs => $2::float8 / 1000.0)
       FROM standfirst.endpoint AS hook
      WHERE delivery.id = $1 AND hook.id = delivery.webhook_id AND hook.state = 'active' AND delivery.state = 'waiting'
        AND delivery.next_at <= standfirst.clock()
        AND (delivery.taken_until IS NULL OR delivery.taken_until <= standfirst.clock())
      RETURNING hook.id AS "webhookId", hook.url, delivery.payload, hook.secret, delivery.tries,
                CASE WHEN hook.old_until > standfirst.clock() THEN hook.old_secret END AS "oldSecret"`,
    [id, leaseMs],
  );
}

export interface EndedTry {
  readonly ms: number;
  readonly status: number | null;
  readonly response: string | null;
  readonly problem: string | null;
}

/** Writes a try down, and what becomes of its delivery. */
export async function recordTry(
  sql: Sql,
  id: string,
  ended: EndedTry,
  next: { readonly state: 'delivered' | 'failed' } | { readonly state: 'waiting'; readonly afterMs: number },
): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.delivery_try (delivery_id, n, at, ms, status, response, problem)
     SELECT $1, coalesce(max(n), 0) + 1, standfirst.clock(), $2, $3, $4, $5 FROM standfirst.delivery_try WHERE delivery_id = $1`,
    [id, ended.ms, ended.status, ended.response, ended.problem],
  );
  await sql.run(
    `UPDATE standfirst.delivery SET state = $2, taken_until = NULL,
            next_at = CASE WHEN $2 = 'waiting' THEN standfirst.clock() + make_interval(secs => $3::float8 / 1000.0) ELSE next_at END,
            ended_at = CASE WHEN $2 = 'waiting' THEN NULL ELSE standfirst.clock() END
      WHERE id = $1 AND state = 'waiting'`,
    [id, next.state, next.state === 'waiting' ? next.afterMs : 0],
  );
}

/**
 * Sends it once more, or now where it waits for its next try, under its old id; asked twice, it is sent once. A round of tries begins anew.
 * @throws Refusal not-found, or conflict where somebody sends it this moment or its webhook is not active.
 */
export async function redeliver(sql: Sql, id: string, actor: string): Promise<DeliveryRow> {
  const before = await getDelivery(sql, id);
  const row = await sql.one(
    deliveryRow,
    `UPDATE standfirst.delivery SET state = 'waiting', tries = 0, next_at = standfirst.clock(), ended_at = NULL, taken_until = NULL
      WHERE id = $1 AND NOT (state = 'waiting' AND coalesce(taken_until > standfirst.clock(), false))
        AND EXISTS (SELECT 1 FROM standfirst.endpoint AS hook WHERE hook.id = webhook_id AND hook.state = 'active')
      RETURNING ${columns}`,
    [id],
  );
  if (row === null) {
    const now = found(await getDelivery(sql, id), 'delivery', id);
    const hook = await getWebhook(sql, now.webhookId);
    const why =
      hook?.state === 'active'
        ? 'is being sent this moment: look at its log in a minute'
        : `belongs to webhook ${now.webhookId}, which is not active: switch it on first`;
    throw new Refusal('conflict', `Delivery ${id} ${why}.`);
  }
  await recordEvent(sql, {
    type: 'webhook.redelivered',
    subject: row.webhookId,
    actor,
    data: { deliveryId: id },
    before: { state: before?.state, tries: before?.tries },
    after: { state: row.state, tries: row.tries },
  });
  return row;
}
