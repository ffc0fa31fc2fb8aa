import { z } from 'zod';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';
import { staleVersion } from './stale-version.ts';

const webhookRow = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  state: z.enum(['active', 'paused', 'disabled', 'removed']),
  problem: z.string().nullable(),
  failingSince: z.date().nullable(),
  /** Until when the secret before the last rotation signs too. */
  oldUntil: z.date().nullable(),
  version: z.number(),
  createdBy: z.string(),
  createdAt: z.date(),
});
export type WebhookRow = z.infer<typeof webhookRow>;

const columns = `id, url, events, state, problem, failing_since AS "failingSince", old_until AS "oldUntil", version,
  created_by AS "createdBy", created_at AS "createdAt"`;

/** @param secret sealed. */
export async function insertWebhook(
  sql: Sql,
  hook: { id: string; url: string; events: readonly string[]; secret: string },
  actor: string,
): Promise<WebhookRow> {
  const row = await sql.one(
    webhookRow,
    `INSERT INTO standfirst.endpoint (id, url, events, secret, created_by, created_at)
     VALUES ($1, $2, $3, $4, $5, standfirst.clock()) RETURNING ${columns}`,
    [hook.id, hook.url, hook.events, hook.secret, actor],
  );
  const after = { url: hook.url, events: hook.events };
  await recordEvent(sql, { type: 'webhook.added', subject: hook.id, actor, data: { events: hook.events }, after });
  return row as WebhookRow;
}

export function getWebhook(sql: Sql, id: string): Promise<WebhookRow | null> {
  return sql.one(webhookRow, `SELECT ${columns} FROM standfirst.endpoint WHERE id = $1 AND state <> 'removed'`, [id]);
}

/** In the order they were added. */
export function pageWebhooks(sql: Sql, page: PageRequest): Promise<WebhookRow[]> {
  return sql.many(
    webhookRow,
    `SELECT ${columns} FROM standfirst.endpoint WHERE state <> 'removed' AND ($2::text IS NULL OR id > $2) ORDER BY id LIMIT $1`,
    [page.limit, page.after?.[0] ?? null],
  );
}

/** Those that deliveries are written for. A paused one gets them once it goes on. */
export function tellableWebhooks(sql: Sql): Promise<WebhookRow[]> {
  return sql.many(
    webhookRow,
    `SELECT ${columns} FROM standfirst.endpoint WHERE state IN ('active', 'paused') ORDER BY id`,
  );
}

/** A person's change; one that is made active again begins without its failures. @throws Refusal not-found, stale-version. */
export async function changeWebhook(
  sql: Sql,
  id: string,
  version: number,
  change: { url: string; events: readonly string[]; state: 'active' | 'paused' },
  actor: string,
): Promise<WebhookRow> {
  const before = found(await getWebhook(sql, id), 'webhook endpoint', id);
  const row = await sql.one(
    webhookRow,
    `UPDATE standfirst.endpoint SET url = $3, events = $4, state = $5, problem = NULL, version = version + 1,
            failing_since = CASE WHEN state = $5 AND url = $3 THEN failing_since END
      WHERE id = $1 AND version = $2 AND state <> 'removed' RETURNING ${columns}`,
    [id, version, change.url, change.events, change.state],
  );
  if (row === null) {
    throw staleVersion(`Webhook ${id}`, before.version, version);
  }
  const { url, events, state } = before;
  await recordEvent(sql, {
    type: 'webhook.changed',
    subject: id,
    actor,
    before: { url, events, state },
    after: change,
  });
  return row;
}

/** The sealed secret, until the transaction ends nobody else's to change. */
export async function lockSecret(sql: Sql, id: string): Promise<string> {
  const row = await sql.one(
    z.object({ secret: z.string() }),
    `SELECT secret FROM standfirst.endpoint WHERE id = $1 AND state <> 'removed' FOR UPDATE`,
    [id],
  );
  return found(row, 'webhook endpoint', id).secret;
}

/** A new secret; the one before signs too for a while. Both are sealed. */
export async function rotateSecret(
  sql: Sql,
  id: string,
  { secret, oldSecret }: { readonly secret: string; readonly oldSecret: string },
  overlapMs: number,
  actor: string,
): Promise<WebhookRow> {
  const { oldUntil } = found(await getWebhook(sql, id), 'webhook endpoint', id);
  const row = await sql.one(
    webhookRow,
    `UPDATE standfirst.endpoint SET secret = $2, old_secret = $3, old_until = standfirst.clock() + make_interval(secs => $4::float8 / 1000.0),
            version = version + 1
      WHERE id = $1 AND state <> 'removed' RETURNING ${columns}`,
    [id, secret, oldSecret, overlapMs],
  );
  const rotated = found(row, 'webhook endpoint', id);
  const after = { oldUntil: rotated.oldUntil };
  await recordEvent(sql, { type: 'webhook.rotated', subject: id, actor, before: { oldUntil }, after });
  return rotated;
}

/** Not called any more, its secrets wiped; its deliveries stay as history. @throws Refusal not-found, stale-version. */
export async function removeWebhook(sql: Sql, id: string, version: number | null, actor: string): Promise<void> {
  const hook = found(await getWebhook(sql, id), 'webhook endpoint', id);
  const removed = await sql.run(
    `UPDATE standfirst.endpoint SET state = 'removed', secret = '', old_secret = NULL
      WHERE id = $1 AND state <> 'removed' AND ($2::int IS NULL OR version = $2)`,
    [id, version],
  );
  if (removed === 0) {
    const now = found(await getWebhook(sql, id), 'webhook endpoint', id);
    throw staleVersion(`Webhook ${id}`, now.version, version);
  }
  const { url, events, state } = hook;
  await giveUpWaiting(sql, id);
  await recordEvent(sql, { type: 'webhook.removed', subject: id, actor, before: { url, events, state } });
}

/** The receiver asked for it, or has failed for too long. */
export async function disableWebhook(sql: Sql, id: string, problem: string): Promise<void> {
  const disabled = await sql.run(
    `UPDATE standfirst.endpoint SET state = 'disabled', problem = $2, version = version + 1 WHERE id = $1 AND state = 'active'`,
    [id, problem],
  );
  if (disabled === 0) return;
  await giveUpWaiting(sql, id);
  await recordEvent(sql, { type: 'webhook.disabled', subject: id, data: { problem } });
}

async function giveUpWaiting(sql: Sql, id: string): Promise<void> {
  await sql.run(
    `UPDATE standfirst.delivery SET state = 'failed', ended_at = standfirst.clock() WHERE webhook_id = $1 AND state = 'waiting'`,
    [id],
  );
}

/** @returns since when it has failed, this time included; null where it has not. */
export async function noteHealth(sql: Sql, id: string, isWell: boolean): Promise<{ failingForMs: number }> {
  const row = await sql.one(
    z.object({ failingForMs: z.number() }),
    `UPDATE standfirst.endpoint SET failing_since = CASE WHEN $2 THEN NULL ELSE coalesce(failing_since, standfirst.clock()) END
      WHERE id = $1
      RETURNING coalesce(extract(epoch FROM standfirst.clock() - failing_since) * 1000, 0)::float8 AS "failingForMs"`,
    [id, isWell],
  );
  return row ?? { failingForMs: 0 };
}
