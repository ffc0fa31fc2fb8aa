import { z } from 'zod';
import type { Database } from './database.ts';
import { BESIDE, FEW } from './few.ts';
import { together } from './together.ts';

/**
 * Which server a post goes to, for fairness between them: the host of its account's address, or the account itself where
 * that is not known. `account` must be in scope.
 */
export const LANE = `coalesce(substring(account.url FROM '^[a-z]+://([^/]+)'), account.id)`;

const laneRow = z.object({ id: z.string(), lane: z.string() });

/**
 * The lane of a post that waits to be sent. Posts that ask in the same moment are looked up together.
 * @returns null where there is none, or it is another's already: the queue and the sweep may both have rung for it, and
 *   who comes second is to ask for nothing more.
 */
export function openLaneOf(database: Database): (postId: string) => Promise<string | null> {
  const lanesOf = async (ids: readonly string[]): Promise<(string | null)[]> => {
    const rows = await database.many(
      laneRow,
      `SELECT post.id, ${LANE} AS lane
         FROM unnest($1::text[]) AS asked (id) JOIN standfirst.post USING (id) JOIN standfirst.account ON account.id = post.account_id
        WHERE ${FEW('asked.id')} AND ${BESIDE(`post.state = 'scheduled'`)}`,
      [ids],
      'lanes-of',
    );
    const found = new Map(rows.map((row) => [row.id, row.lane]));
    return ids.map((id) => found.get(id) ?? null);
  };
  return together(lanesOf, async (id) => (await lanesOf([id]))[0] ?? null);
}
