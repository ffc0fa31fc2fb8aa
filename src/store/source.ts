import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { sourceKinds, sourceStates } from '../domain/source.ts';
import type { SourceKind } from '../domain/source.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';
import { sourceSettings } from './source-settings.ts';
import type { SourceSettings } from './source-settings.ts';
import { staleVersion } from './stale-version.ts';

export const sourceRow = z.object({
  id: z.string(),
  kind: z.enum(sourceKinds),
  name: z.string(),
  url: z.string().nullable(),
  state: z.enum(sourceStates),
  /** Why it is paused. */
  reason: z.string().nullable(),
  settings: sourceSettings,
  version: z.number(),
  poll: z.number(),
  nextAt: z.date().nullable(),
  polledAt: z.date().nullable(),
  /** When it last showed all that it has. */
  readAt: z.date().nullable(),
  baselineAt: z.date().nullable(),
  httpStatus: z.number().nullable(),
  problem: z.string().nullable(),
  note: z.string().nullable(),
  failures: z.number(),
  failingSince: z.date().nullable(),
  polls: z.number(),
  unchanged: z.number(),
  marks: z.record(z.string(), z.object({ etag: z.string().nullable(), lastModified: z.string().nullable() })),
  /** Of its subscription at a hub, where there is one. */
  hubState: z.enum(['asked', 'active', 'denied']).nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type SourceRow = z.infer<typeof sourceRow>;

export const sourceColumns = `source.id, source.kind, source.name, source.url, source.state, source.reason, source.settings, source.version,
  source.poll, source.next_at AS "nextAt", source.polled_at AS "polledAt", source.read_at AS "readAt", source.baseline_at AS "baselineAt",
  source.http_status AS "httpStatus", source.problem, source.note, source.failures, source.failing_since AS "failingSince",
  source.polls, source.unchanged, source.marks,
  (SELECT subscription.state FROM standfirst.subscription WHERE subscription.source_id = source.id) AS "hubState",
  source.created_by AS "createdBy", source.created_at AS "createdAt", source.updated_at AS "updatedAt"`;

export interface NewSource {
  readonly id: string;
  readonly kind: SourceKind;
  readonly name: string;
  readonly url: string | null;
  readonly settings: SourceSettings;
  /** Why it could not be read when it was added. */
  readonly problem?: string | null;
}

/** A source that is due at once. @throws Refusal where its address is one already. */
export async function insertSource(sql: Sql, source: NewSource, actor: string): Promise<void> {
  const known = source.url === null ? null : await sourceAt(sql, source.kind, source.url);
  if (known !== null) throw new Refusal('conflict', `${source.url} is already read as “${known.name}” (${known.id}).`);
  await sql.run(
    `INSERT INTO standfirst.source (id, kind, name, url, host, settings, problem, next_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $2 = 'push' THEN NULL ELSE standfirst.clock() END, $8)`,
    [
      source.id,
      source.kind,
      source.name,
      source.url,
      hostOf(source.url),
      JSON.stringify(source.settings),
      source.problem ?? null,
      actor,
    ],
  );
  const data = { kind: source.kind, name: source.name, url: source.url };
  const after = { ...data, settings: source.settings };
  await recordEvent(sql, { type: 'source.added', subject: source.id, actor, data, after });
}

export function getSource(sql: Sql, id: string): Promise<SourceRow | null> {
  return sql.one(sourceRow, `SELECT ${sourceColumns} FROM standfirst.source WHERE id = $1 AND state <> 'removed'`, [
    id,
  ]);
}

/** Which of these ids are sources. */
export async function knownSources(sql: Sql, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql.many(
    z.object({ id: z.string() }),
    `SELECT id FROM standfirst.source WHERE id = ANY($1::text[]) AND state <> 'removed'`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

export function sourceAt(sql: Sql, kind: SourceKind, url: string): Promise<SourceRow | null> {
  return sql.one(
    sourceRow,
    `SELECT ${sourceColumns} FROM standfirst.source WHERE kind = $1 AND url = $2 AND state <> 'removed'`,
    [kind, url],
  );
}

export interface SourceFilter {
  readonly kind: string | null;
  /** `failing` are those whose last poll failed. */
  readonly state: 'active' | 'paused' | 'failing' | null;
}

/** Sources, in the order they were added. */
export function pageSources(sql: Sql, filter: SourceFilter, page: PageRequest): Promise<SourceRow[]> {
  return sql.many(
    sourceRow,
    `SELECT ${sourceColumns} FROM standfirst.source
      WHERE state <> 'removed' AND ($2::text IS NULL OR kind = $2)
        AND ($3::text IS NULL OR state = $3 OR ($3 = 'failing' AND state = 'active' AND failures > 0))
        AND ($4::text IS NULL OR id > $4) ORDER BY id LIMIT $1`,
    [page.limit, filter.kind, filter.state, page.after?.[0] ?? null],
  );
}

/** Every feed that is read, by name. */
export function listFeeds(sql: Sql): Promise<{ url: string; title: string }[]> {
  return sql.many(
    z.object({ url: z.string(), title: z.string() }),
    `SELECT url, name AS title FROM standfirst.source WHERE kind = 'feed' AND state <> 'removed' ORDER BY lower(name), id`,
  );
}

/**
 * Changes what an editor decides. A new address is read from the beginning: its marks and its baseline are forgotten.
 * @throws Refusal not-found, stale-version, or conflict where another source has the address.
 */
export async function changeSource(
  sql: Sql,
  id: string,
  version: number | null,
  change: { name: string; url: string | null; settings: SourceSettings },
  actor: string,
): Promise<void> {
  const before = await takeSource(sql, id, version);
  const isMoved = change.url !== before.url;
  const other = isMoved && change.url !== null ? await sourceAt(sql, before.kind, change.url) : null;
  if (other !== null) throw new Refusal('conflict', `${change.url} is already read as “${other.name}” (${other.id}).`);
  await sql.run(
    `UPDATE standfirst.source SET name = $2, url = $3, host = $4, settings = $5, version = version + 1, updated_at = standfirst.clock(),
            poll = poll + 1, busy_until = NULL, marks = CASE WHEN $6 THEN '{}' ELSE marks END, baseline_at = CASE WHEN $6 THEN NULL ELSE baseline_at END,
            next_at = CASE WHEN kind = 'push' THEN NULL WHEN $6 OR kind = 'urls' THEN standfirst.clock()
                           ELSE least(next_at, standfirst.clock() + make_interval(secs => $7 / 1000.0)) END
      WHERE id = $1`,
    [
      id,
      change.name,
      change.url,
      hostOf(change.url),
      JSON.stringify(change.settings),
      isMoved,
      change.settings.intervalMs,
    ],
  );
  const data = { name: change.name, url: change.url, settings: change.settings };
  const { name, url, settings } = before;
  await recordEvent(sql, {
    type: 'source.changed',
    subject: id,
    actor,
    data,
    before: { name, url, settings },
    after: data,
  });
}

/** Stops reading it. @returns false where it was paused already. */
export async function pauseSource(sql: Sql, id: string, reason: string | null, actor: string): Promise<boolean> {
  const row = await takeSource(sql, id, null);
  if (row.state === 'paused') return false;
  await sql.run(
    `UPDATE standfirst.source SET state = 'paused', reason = $2, version = version + 1, updated_at = standfirst.clock() WHERE id = $1`,
    [id, reason],
  );
  const [before, after] = [{ state: row.state }, { state: 'paused', reason }];
  await recordEvent(sql, { type: 'source.paused', subject: id, actor, data: { reason }, before, after });
  return true;
}

/** Reads it again from now on. @returns false where it was not paused. */
export async function resumeSource(sql: Sql, id: string, actor: string): Promise<boolean> {
  const row = await takeSource(sql, id, null);
  if (row.state !== 'paused') return false;
  await sql.run(
    `UPDATE standfirst.source SET state = 'active', reason = NULL, failures = 0, failing_since = NULL, problem = NULL,
            next_at = CASE WHEN kind = 'push' THEN NULL ELSE standfirst.clock() END, version = version + 1,
            updated_at = standfirst.clock() WHERE id = $1`,
    [id],
  );
  const before = { state: row.state, reason: row.reason };
  await recordEvent(sql, { type: 'source.resumed', subject: id, actor, before, after: { state: 'active' } });
  return true;
}

/** For good; its articles and its log stay as history. @throws Refusal not-found, stale-version. */
export async function removeSource(sql: Sql, id: string, version: number | null, actor: string): Promise<void> {
  const { name, url, kind, state } = await takeSource(sql, id, version);
  await sql.run(
    `UPDATE standfirst.source SET state = 'removed', next_at = NULL, version = version + 1, updated_at = standfirst.clock() WHERE id = $1`,
    [id],
  );
  await sql.run(`DELETE FROM standfirst.subscription WHERE source_id = $1`, [id]);
  await recordEvent(sql, { type: 'source.removed', subject: id, actor, before: { name, url, kind, state } });
}

/** Locks a source until the transaction ends; null where it was removed. */
export function lockSource(sql: Sql, id: string): Promise<SourceRow | null> {
  return sql.one(
    sourceRow,
    `SELECT ${sourceColumns} FROM standfirst.source WHERE id = $1 AND state <> 'removed' FOR UPDATE`,
    [id],
  );
}

/** The same for a change by a person. @throws Refusal not-found or stale-version. */
async function takeSource(sql: Sql, id: string, version: number | null): Promise<SourceRow> {
  const row = found(await lockSource(sql, id), 'source', id);
  if (version !== null && row.version !== version) {
    throw staleVersion(`Source ${id}`, row.version, version);
  }
  return row;
}

function hostOf(url: string | null): string | null {
  return url === null ? null : (URL.parse(url)?.host ?? null);
}
