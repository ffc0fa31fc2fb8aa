import { z } from 'zod';
import type { Part } from '../domain/post.ts';
import type { Sql } from './database.ts';
import { EMBARGOED } from './embargo.ts';
import { saysWord } from './held-word.ts';

/** What keeps a post back, as the claim, the mark before its request and every list ask it. */

/** A row of `hold` is on a word that `rev`, which must be in scope, has in it. */
export const SAYS_WORD = `hold.scope = 'word' AND ${saysWord('hold.target')}`;

/** A row of `hold` that is open and matches. `post` and `rev` must be in scope. */
export const MATCHES = `hold.lifted_at IS NULL AND (hold.scope = 'all'
    OR (hold.scope = 'network' AND hold.target = post.network)
    OR (hold.scope = 'account' AND hold.target = post.account_id)
    OR (hold.scope = 'story' AND hold.target = post.story_id)
    OR (hold.scope = 'post' AND hold.target = post.id)
    OR (${SAYS_WORD}))`;

/** A matching hold that has not been lifted. `post` and `rev` must be in scope. */
export const HELD = `EXISTS (SELECT 1 FROM standfirst.hold WHERE ${MATCHES})`;

/** The same of every hold but one. @param hold SQL of its id. */
export const HELD_BUT_FOR = (hold: string): string =>
  `EXISTS (SELECT 1 FROM standfirst.hold WHERE hold.id <> ${hold} AND ${MATCHES})`;

/**
 * Nobody needs the post any more. A thread that is out in part goes on while it is in a worker's hands: half of it is worth
 * less than all of it late. `post` must be in scope. @param part SQL of the part that would go out
 */
export const WORTHLESS = (part: string): string =>
  `(${part} = 0 AND coalesce(post.stale_at <= standfirst.clock(), false))`;

/** What keeps a post back that is claimed already: it may have begun since. `taken`: its worker counts as dead, and another has it. */
export const keeper = z.enum(['held', 'embargoed', 'worthless', 'taken']).nullable();
export type Keeper = NonNullable<z.infer<typeof keeper>>;

/** Which of them, or null. `post` and `rev` must be in scope. @param part SQL of the part that would go out */
export const KEEPER = (part: string): string =>
  `CASE WHEN ${HELD} THEN 'held' WHEN ${EMBARGOED} THEN 'embargoed' WHEN ${WORTHLESS(part)} THEN 'worthless' END`;

/**
 * What keeps the next request of a claimed post back now; null where nothing does. A post that is gone counts as held.
 * @param fence of the claim.
 */
export async function keptBackBy(sql: Sql, postId: string, part: number, fence: number): Promise<Keeper | null> {
  const row = await sql.one(
    z.object({ keeper }),
    `SELECT CASE WHEN post.state = 'publishing' AND post.fence = $3 THEN ${KEEPER('$2::int')} ELSE 'taken' END AS keeper FROM standfirst.post AS post
       JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision WHERE post.id = $1`,
    [postId, part, fence],
  );
  return row === null ? 'held' : row.keeper;
}

const heldWith = z.object({ keeper, reason: z.string().nullable(), until: z.date().nullable() });

/**
 * What keeps other words of a post back that is out already: a hold of it, of its account or network or on a word of theirs,
 * and its story's embargo. `reason`: of the hold, as whoever placed it gave it. `until`: when the embargo ends.
 */
export async function wouldKeepBack(
  sql: Sql,
  postId: string,
  parts: readonly Part[],
): Promise<z.infer<typeof heldWith> | null> {
  const row = await sql.one(
    heldWith,
    `SELECT CASE WHEN ${HELD} THEN 'held' WHEN ${EMBARGOED} THEN 'embargoed' END AS keeper,
            (SELECT hold.reason FROM standfirst.hold WHERE ${MATCHES} ORDER BY hold.placed_at LIMIT 1) AS reason,
            (SELECT story.embargo_until FROM standfirst.story WHERE story.id = post.story_id) AS until
       FROM standfirst.post AS post, (SELECT $2::jsonb AS parts) AS rev WHERE post.id = $1`,
    [postId, JSON.stringify(parts)],
  );
  return row === null || row.keeper === null ? null : row;
}
