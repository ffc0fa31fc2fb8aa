import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Sql } from './database.ts';

/**
 * Rows of imports, kept 24 h beside the answers to `Idempotency-Key`, so that the same file sent twice is queued once. A key of a
 * caller holds no space: theirs and ours never meet.
 */
const keyOf = (sum: string): string => `import ${sum}`;

/** Which of these rows this caller has imported within 24 h: by its sum the posts it became. */
export async function importedRows(sql: Sql, caller: string, sums: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql.many(
    z.object({ sum: z.string(), body: z.string() }),
    `SELECT fingerprint AS sum, body FROM standfirst.idempotency
      WHERE caller = $1 AND key = ANY ($2) AND body IS NOT NULL AND created_at >= standfirst.clock() - interval '24 hours'`,
    [caller, sums.map(keyOf)],
  );
  return new Map(rows.map(({ sum, body }) => [sum, z.array(z.string()).parse(JSON.parse(body))]));
}

/**
 * Notes in the caller's transaction what rows became.
 * @param isAgain a row that is there already is noted with its new posts.
 * @throws Refusal conflict where another import wrote one of them meanwhile.
 */
export async function noteImported(
  sql: Sql,
  caller: string,
  rows: readonly { readonly sum: string; readonly postIds: readonly string[] }[],
  isAgain: boolean,
): Promise<void> {
  const noted = await sql.run(
    `INSERT INTO standfirst.idempotency (caller, key, fingerprint, status, headers, body, created_at)
     SELECT $1, key, sum, 201, '{}', body, standfirst.clock() FROM unnest($2::text[], $3::text[], $4::text[]) AS given (key, sum, body)
     ON CONFLICT (caller, key) DO UPDATE SET body = excluded.body, created_at = excluded.created_at
      WHERE $5 OR idempotency.created_at < standfirst.clock() - interval '24 hours'`,
    [
      caller,
      rows.map(({ sum }) => keyOf(sum)),
      rows.map(({ sum }) => sum),
      rows.map(({ postIds }) => JSON.stringify(postIds)),
      isAgain,
    ],
  );
  if (noted < rows.length)
    throw new Refusal(
      'conflict',
      'Another import has just written some of these rows: nothing was written. Send it again.',
    );
}
