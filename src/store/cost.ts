import { z } from 'zod';
import type { Sql } from './database.ts';

/** The first day of this month, UTC, by the database's clock. */
export const THIS_MONTH = `date_trunc('month', standfirst.clock() AT TIME ZONE 'UTC')::date`;

/** What an account has cost this month, in millionths of a US dollar. Needs `account` in scope. */
export const SPENT_THIS_MONTH = `coalesce((SELECT sum(cost.micro_usd) FROM standfirst.cost
  WHERE cost.account_id = account.id AND cost.month = ${THIS_MONTH}), 0)::float8`;

/** Writes down what a part cost that a person has seen on the network; the line writes its own when it settles them. */
export async function recordCost(sql: Sql, attemptId: string, accountId: string, microUsd: number): Promise<void> {
  if (microUsd === 0) return;
  await sql.run(
    `INSERT INTO standfirst.cost (attempt_id, account_id, month, micro_usd) VALUES ($1, $2, ${THIS_MONTH}, $3)
     ON CONFLICT (attempt_id) DO NOTHING`,
    [attemptId, accountId, microUsd],
  );
}

const spending = z.object({ spent: z.number(), underWay: z.array(z.string()) });

/**
 * What an account has cost this month, in millionths of a US dollar, and the texts of its other posts' messages that are
 * under way or in doubt: they may be charged yet.
 */
export async function spendingOf(sql: Sql, accountId: string, postId: string): Promise<z.infer<typeof spending>> {
  const row = await sql.one(
    spending,
    `SELECT ${SPENT_THIS_MONTH} AS spent,
            ARRAY(SELECT rev.parts -> attempt.part ->> 'text' FROM standfirst.attempt
                    JOIN standfirst.post ON post.id = attempt.post_id
                    JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = attempt.revision
                   WHERE post.account_id = $1 AND post.id <> $2 AND post.state IN ('publishing', 'unknown')
                     AND attempt.phase IN ('reserved', 'sent', 'unknown')) AS "underWay"
       FROM standfirst.account WHERE account.id = $1`,
    [accountId, postId],
  );
  return row ?? { spent: 0, underWay: [] };
}
