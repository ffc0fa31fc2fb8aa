import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import { THIS_MONTH } from './cost.ts';
import type { Sql } from './database.ts';
import { BESIDE, FEW } from './few.ts';

/** A part that the network has. */
export interface PublishedPart {
  readonly attemptId: string;
  readonly receipt: Receipt;
  readonly isLast: boolean;
  /** Its price in millionths of a US dollar. */
  readonly microUsd: number;
}

const answerRow = z.object({ attemptId: z.string(), isElsewhere: z.boolean(), isSettled: z.boolean() });

/**
 * Parts are live, written down in one statement and one commit. With its last part a post becomes `published`, with its
 * lateness; before that it stays as it is. What a part cost is added to the account's month in the same statement, so that
 * it is added once. Also settles an attempt that was called unknown meanwhile: the receipt is the stronger fact.
 * Told twice, it answers the same: after a commit whose answer was lost nobody knows whether it was told.
 * @returns for each, at its place: false where its attempt was settled otherwise before; undefined where its row is in
 *   other hands just now.
 */
export async function recordPublishedParts(
  sql: Sql,
  parts: readonly PublishedPart[],
): Promise<(boolean | undefined)[]> {
  const rows = await sql.many(answerRow, textOf('SKIP LOCKED'), valuesOf(parts), 'record-published-parts');
  const found = new Map(rows.map((row) => [row.attemptId, row]));
  return parts.map(({ attemptId }) => {
    const row = found.get(attemptId);
    return row === undefined || row.isElsewhere ? undefined : row.isSettled;
  });
}

/** The same for one part, whose row is waited for. */
export async function recordPublished(sql: Sql, part: PublishedPart): Promise<boolean> {
  return (await sql.one(answerRow, textOf(''), valuesOf([part]), 'record-published'))?.isSettled ?? false;
}

function valuesOf(parts: readonly PublishedPart[]): unknown[] {
  return [
    parts.map((part) => part.attemptId),
    parts.map(({ receipt }) => receipt.remoteId),
    parts.map(({ receipt }) => receipt.url),
    parts.map(({ receipt }) => (receipt.extra === undefined ? null : JSON.stringify(receipt.extra))),
    parts.map((part) => part.isLast),
    parts.map((part) => part.microUsd),
  ];
}

/** Rows are locked in the order of their ids, so that two such statements never wait for each other. */
function textOf(skip: 'SKIP LOCKED' | ''): string {
  return `WITH receipt AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bool[], $6::bigint[])
           AS receipt (attempt_id, remote_id, url, extra, is_last, micro_usd)
        WHERE ${FEW('attempt_id')}
     ), mine AS (
       SELECT attempt.id FROM standfirst.attempt JOIN standfirst.post ON post.id = attempt.post_id
        WHERE attempt.id IN (SELECT attempt_id FROM receipt) ORDER BY attempt.id FOR NO KEY UPDATE OF attempt, post ${skip}
     ), done AS (
       UPDATE standfirst.attempt
          SET phase = 'published', remote_id = receipt.remote_id, url = receipt.url, extra = receipt.extra::jsonb,
              ended_at = standfirst.clock(), check_at = NULL
         FROM receipt, mine
        WHERE attempt.id = mine.id AND receipt.attempt_id = mine.id
          AND ${BESIDE(`phase IN ('reserved', 'sent', 'unknown')`)}
       RETURNING attempt.id, attempt.post_id, attempt.url, attempt.sent_at, receipt.is_last, receipt.micro_usd
     ), post AS (
       UPDATE standfirst.post AS post
          SET state = 'published', published_at = standfirst.clock(), wake_at = NULL, failure = NULL, claims = 0, version = post.version + 1,
              updated_at = standfirst.clock(),
              lateness_ms = greatest(0, extract(epoch FROM done.sent_at - post.due_at) * 1000)::int,
              url = coalesce((SELECT url FROM standfirst.attempt WHERE post_id = post.id AND part = 0 AND phase = 'published'), done.url)
         FROM done WHERE post.id = done.post_id AND done.is_last
          AND ${BESIDE(`post.state IN ('publishing', 'unknown')`)}
       RETURNING post.id, post.account_id, post.url, post.lateness_ms
     ), told AS (
       INSERT INTO standfirst.event (type, subject, data)
       SELECT 'post.published', id, jsonb_build_object('accountId', account_id, 'url', url, 'latenessMs', lateness_ms) FROM post
     ), charged AS (
       INSERT INTO standfirst.cost (attempt_id, account_id, month, micro_usd)
       SELECT done.id, post.account_id, ${THIS_MONTH}, micro_usd FROM done JOIN standfirst.post ON post.id = done.post_id WHERE micro_usd > 0
     )
     SELECT receipt.attempt_id AS "attemptId", mine.id IS NULL AND attempt.id IS NOT NULL AS "isElsewhere",
            done.id IS NOT NULL OR coalesce(attempt.phase = 'published' AND attempt.remote_id = receipt.remote_id, false) AS "isSettled"
       FROM receipt LEFT JOIN mine ON mine.id = receipt.attempt_id LEFT JOIN done ON done.id = receipt.attempt_id
       LEFT JOIN standfirst.attempt ON attempt.id = receipt.attempt_id`;
}
