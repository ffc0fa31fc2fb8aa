import { z } from 'zod';
import { quietWeekFault } from '../domain/quiet-week.ts';
import { isTimeZone } from '../domain/wall-time.ts';
import { SPENT_THIS_MONTH } from './cost.ts';
import { recordEvent } from './event.ts';
import type { Sql } from './database.ts';
import { timeRules } from './time-rules.ts';

export const accountStates = ['connected', 'signed-out', 'paused', 'removed'] as const;

/** What an editor decides about an account; every field has a default. */
export const accountSettings = z.object({
  /** IANA zone of the account's readers; null: the newsroom's. */
  timeZone: z.string().nullable().default(null),
  /** Whether a post waits for a person before it may be scheduled; null: as the house rules say of its source. */
  needsApproval: z.boolean().nullable().default(null),
  hashtags: z.enum(['smart', 'headline']).default('smart'),
  maxHashtags: z.number().int().min(0).max(30).nullable().default(null),
  houseTags: z.array(z.string()).default([]),
  ...timeRules,
  /** Whether the house rules' slots, quiet hours and gap hold where the account has none. */
  followsHouse: z.boolean().default(true),
  /** Most posts in any 60 minutes. */
  hourlyCap: z.number().int().min(1).max(10_000).nullable().default(null),
  /** Most posts on one day of the account's calendar. */
  dailyCap: z.number().int().min(1).max(100_000).nullable().default(null),
  /**
   * Whether a post leaves only when the pages that it leads to answer: its link and cards with 200, or without them what its
   * texts name; others beside a link may refuse a machine.
   */
  linkMustAnswer: z.boolean().default(false),
  /** Whether posts carry the article’s lead image, where the network takes images. */
  images: z.boolean().default(false),
  /** Most that posts may cost in a calendar month (UTC), in millionths of a US dollar; null: no cap. */
  monthlyCapMicroUsd: z.number().int().min(0).nullable().default(null),
  /**
   * What becomes of a post whose answer was lost where the network cannot be asked: `hold` waits for a person; `send-again`
   * sends it once more by itself, and then it may be there twice.
   */
  unknown: z.enum(['hold', 'send-again']).default('hold'),
  /** For how many hours the network refuses a text that went out on the account; null: as it is known of it; 0: it does not. */
  repeatHours: z.number().int().min(0).max(2160).nullable().default(null),
});
export type AccountSettings = z.infer<typeof accountSettings>;

/** Settings as somebody sends them: nothing unknown, and a time zone that exists. */
export const givenAccountSettings = accountSettings
  .extend({
    timeZone: z
      .string()
      .refine(isTimeZone, 'is not an IANA time zone such as Europe/Bucharest')
      .nullable()
      .default(null),
    // Of the given ones only: what was kept before this was asked is still read.
    quietHours: timeRules.quietHours.superRefine((quietHours, context) => {
      const message = quietWeekFault(quietHours);
      if (message !== null) context.addIssue({ code: 'custom', message });
    }),
  })
  .strict();

const problem = z.object({ kind: z.string(), cause: z.string(), detail: z.string() }).partial({ kind: true });

export const accountRow = z.object({
  id: z.string(),
  network: z.string(),
  name: z.string(),
  remoteId: z.string().nullable(),
  url: z.string().nullable(),
  expiresAt: z.date().nullable(),
  credentialsAt: z.date(),
  state: z.enum(accountStates),
  problem: problem.nullable(),
  blockedUntil: z.date().nullable(),
  limits: z.record(z.string(), z.unknown()).nullable(),
  /** What its way of being connected changes of its network's powers. */
  powers: z.record(z.string(), z.unknown()).nullable(),
  settings: accountSettings,
  /** This calendar month (UTC), in millionths of a US dollar. */
  spentMicroUsd: z.number(),
  version: z.number(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type AccountRow = z.infer<typeof accountRow>;

export const accountColumns = `id, network, name, remote_id AS "remoteId", url, expires_at AS "expiresAt",
  credentials_at AS "credentialsAt", state, problem, blocked_until AS "blockedUntil", limits, powers, settings, ${SPENT_THIS_MONTH} AS "spentMicroUsd", version, created_at AS "createdAt", updated_at AS "updatedAt"`;

export interface NewAccount {
  readonly id: string;
  readonly network: string;
  readonly name: string;
  readonly remoteId: string | null;
  readonly url: string | null;
  /** Sealed by the key ring, never plain. */
  readonly credentials: string;
  readonly expiresAt: Date | null;
  readonly limits: Readonly<Record<string, unknown>> | null;
  readonly powers: Readonly<Record<string, unknown>> | null;
  readonly settings: AccountSettings;
  /** Permissions that its credentials lack. */
  readonly missing?: readonly string[];
}

export async function insertAccount(sql: Sql, account: NewAccount, actor: string): Promise<AccountRow> {
  const row = await sql.one(
    accountRow,
    `INSERT INTO standfirst.account (id, network, name, remote_id, url, credentials, expires_at, limits, settings, problem, powers)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${accountColumns}`,
    [
      account.id,
      account.network,
      account.name,
      account.remoteId,
      account.url,
      account.credentials,
      account.expiresAt,
      account.limits === null ? null : JSON.stringify(account.limits),
      JSON.stringify(account.settings),
      json(lackOf(account.missing ?? [])),
      json(account.powers),
    ],
  );
  await recordEvent(sql, {
    type: 'account.connected',
    subject: account.id,
    actor,
    data: { network: account.network, name: account.name },
    after: { network: account.network, name: account.name, settings: account.settings },
  });
  return row as AccountRow;
}

export function getAccount(sql: Sql, id: string): Promise<AccountRow | null> {
  return sql.one(accountRow, `SELECT ${accountColumns} FROM standfirst.account WHERE id = $1 AND state <> 'removed'`, [
    id,
  ]);
}

/** The account that is the same one on the network: by its id there, and its address, which names the server. */
export function findSame(sql: Sql, network: string, remoteId: string, url: string | null): Promise<AccountRow | null> {
  return sql.one(
    accountRow,
    `SELECT ${accountColumns} FROM standfirst.account
      WHERE network = $1 AND remote_id = $2 AND url IS NOT DISTINCT FROM $3 AND state <> 'removed' ORDER BY created_at LIMIT 1`,
    [network, remoteId, url],
  );
}

/** All accounts that are not removed, by network and name. */
export function listAccounts(sql: Sql): Promise<AccountRow[]> {
  return sql.many(
    accountRow,
    `SELECT ${accountColumns} FROM standfirst.account WHERE state <> 'removed' ORDER BY network, name, id`,
  );
}

/** The problem of an account that lacks permissions; null where it lacks none. */
export function lackOf(missing: readonly string[]): { cause: string; detail: string } | null {
  return missing.length === 0 ? null : { cause: 'permission', detail: `Missing: ${missing.join(', ')}.` };
}

export function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
