import { z } from 'zod';
import type { Sql } from './database.ts';
import type { PageRequest } from './page.ts';

/** A row as it is hashed: every column as text, so that what is hashed does not depend on who reads it. */
export const recordRow = z.object({
  seq: z.string(),
  at: z.string(),
  action: z.string(),
  subject: z.string(),
  actor: z.string().nullable(),
  origin: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  data: z.string(),
});
export type RecordRow = z.infer<typeof recordRow>;

const record = `audit.seq::text, to_char(audit.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, audit.action,
  audit.subject, audit.actor, audit.origin::text AS origin, audit.before, audit.after, audit.data::text AS data`;

/** A row that commits after so many others is found when the next one is linked. */
const LATEST = 100_000;

/** Rows that no link names yet, in their order. */
export function unlinkedRecords(sql: Sql, limit: number): Promise<RecordRow[]> {
  return sql.many(
    recordRow,
    `SELECT ${record} FROM standfirst.audit LEFT JOIN standfirst.audit_link AS link USING (seq)
      WHERE link.seq IS NULL AND audit.seq > coalesce((SELECT max(seq) FROM standfirst.audit_link), 0) - ${LATEST}
      ORDER BY audit.seq LIMIT $1`,
    [limit],
  );
}

const linkRow = z.object({ n: z.number(), seq: z.string(), digest: z.string(), hash: z.string() });
export type LinkRow = z.infer<typeof linkRow>;

/** The end of the chain; null where nothing is linked. Locks out who else would link, until the caller's transaction ends. */
export async function takeHead(sql: Sql): Promise<LinkRow | null> {
  await sql.run('SELECT pg_advisory_xact_lock(7305003)');
  return sql.one(linkRow, `SELECT n, seq::text, digest, hash FROM standfirst.audit_link ORDER BY n DESC LIMIT 1`);
}

export async function insertLinks(sql: Sql, links: readonly LinkRow[]): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.audit_link (n, seq, digest, hash)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[])`,
    [
      links.map((link) => link.n),
      links.map((link) => link.seq),
      links.map((link) => link.digest),
      links.map((link) => link.hash),
    ],
  );
}

const linkedRow = z.object({
  n: z.number(),
  linkedSeq: z.string(),
  digest: z.string(),
  hash: z.string(),
  record: recordRow.nullable(),
  /** What stands beside the row as its before and after; null where nothing does, or it was forgotten. */
  change: z.string().nullable(),
});
export type LinkedRow = z.infer<typeof linkedRow>;

/** The chain after a position, with the rows it names; a row that is gone is null. */
export function linksAfter(sql: Sql, n: number, limit: number): Promise<LinkedRow[]> {
  return sql.many(
    linkedRow,
    `SELECT link.n, link.seq::text AS "linkedSeq", link.digest, link.hash, to_jsonb(kept) AS record, audit_change.change
       FROM (SELECT * FROM standfirst.audit_link WHERE n > $1 ORDER BY n LIMIT $2) AS link
       LEFT JOIN LATERAL (SELECT ${record} FROM standfirst.audit WHERE audit.seq = link.seq) AS kept ON true
       LEFT JOIN standfirst.audit_change ON audit_change.seq = link.seq
      ORDER BY link.n`,
    [n, limit],
  );
}

/** The row whose digest this was when it was linked. */
export async function seqOfDigest(sql: Sql, digest: string): Promise<string | null> {
  const row = await sql.one(
    z.object({ seq: z.string() }),
    `SELECT seq::text FROM standfirst.audit_link WHERE digest = $1 LIMIT 1`,
    [digest],
  );
  return row?.seq ?? null;
}

export async function countUnlinked(sql: Sql): Promise<number> {
  const row = await sql.one(
    z.object({ rows: z.number() }),
    `SELECT count(*) AS rows FROM standfirst.audit
      WHERE NOT EXISTS (SELECT 1 FROM standfirst.audit_link AS link WHERE link.seq = audit.seq)`,
  );
  return row?.rows ?? 0;
}

const auditRow = z.object({
  seq: z.string(),
  at: z.date(),
  action: z.string(),
  subject: z.string(),
  actor: z.string().nullable(),
  /** Of the member or key, as it is called now. */
  actorName: z.string().nullable(),
  origin: z.object({ ip: z.string().optional(), requestId: z.string().optional() }),
  before: z.string().nullable(),
  after: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  hash: z.string().nullable(),
  /** JSON of the fields that were changed; null where nothing is written of them, or not any more. */
  change: z.string().nullable(),
  /** Of a post whose text this wrote: each message as it was and is. */
  textBefore: z.array(z.string()).nullable(),
  textAfter: z.array(z.string()).nullable(),
});
export type AuditRow = z.infer<typeof auditRow>;

export interface AuditFilter {
  readonly actor: string | null;
  readonly action: string | null;
  readonly subject: string | null;
  readonly ip: string | null;
  readonly since: Date | null;
  readonly until: Date | null;
}

/** The revision of a post that an action wrote; null where it wrote none. */
const WRITES = `CASE WHEN audit.action = 'post.created' THEN 1
  WHEN audit.action IN ('post.edited', 'post.corrected') THEN (audit.data ->> 'revision')::int END`;

const textsOf = (n: string): string =>
  `(SELECT ARRAY(SELECT part ->> 'text' FROM jsonb_array_elements(rev.parts) AS part)
      FROM standfirst.post_revision AS rev WHERE rev.post_id = audit.subject AND rev.n = ${n})`;

/** Forgets what the changes of somebody or something said; that there were changes stays. */
export async function forgetChanges(sql: Sql, subject: string): Promise<void> {
  await sql.run(
    `DELETE FROM standfirst.audit_change WHERE seq IN (SELECT seq FROM standfirst.audit WHERE subject = $1)`,
    [subject],
  );
  await sql.run(`UPDATE standfirst.event SET change = NULL WHERE subject = $1 AND change IS NOT NULL`, [subject]);
}

/** Newest first. `action` may be a whole family, e.g. `member` for every `member.…`. */
export function pageAudit(sql: Sql, filter: AuditFilter, page: PageRequest): Promise<AuditRow[]> {
  return sql.many(
    auditRow,
    `SELECT audit.seq::text, audit.at, audit.action, audit.subject, audit.actor, coalesce(member.name, api_key.name) AS "actorName",
            audit.origin, audit.before, audit.after, audit.data, link.hash, audit_change.change,
            ${textsOf('text.n - 1')} AS "textBefore", ${textsOf('text.n')} AS "textAfter"
       FROM standfirst.audit LEFT JOIN standfirst.audit_link AS link USING (seq)
       LEFT JOIN standfirst.member ON member.id = audit.actor LEFT JOIN standfirst.api_key ON api_key.id = audit.actor
       LEFT JOIN standfirst.audit_change USING (seq), LATERAL (SELECT ${WRITES} AS n) AS text
      WHERE ($2::bigint IS NULL OR audit.seq < $2) AND ($3::text IS NULL OR audit.actor = $3)
        AND ($4::text IS NULL OR audit.action = $4 OR audit.action LIKE $4 || '.%') AND ($5::text IS NULL OR audit.subject = $5)
        AND ($6::text IS NULL OR audit.origin ->> 'ip' = $6) AND ($7::timestamptz IS NULL OR audit.at >= $7)
        AND ($8::timestamptz IS NULL OR audit.at < $8)
      ORDER BY audit.seq DESC LIMIT $1`,
    [
      page.limit,
      page.after?.[0] ?? null,
      filter.actor,
      filter.action,
      filter.subject,
      filter.ip,
      filter.since,
      filter.until,
    ],
  );
}
