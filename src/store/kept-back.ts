import { z } from 'zod';
import { changeSql } from './change-sql.ts';
import type { Sql } from './database.ts';
import { saysWord } from './held-word.ts';
import type { HoldRow } from './hold.ts';
import { leaveToPerson } from './in-doubt.ts';
import { HELD_BUT_FOR } from './keeper.ts';

/** What a hold keeps back: found before it is lifted, and in the transaction that lifts it. */
type Hold = Pick<HoldRow, 'id' | 'scope' | 'target'>;

/** So many posts are read, or written, in one statement: of the words of 500 posts it takes a tenth of a second. */
export const AT_ONCE = 500;

/** The hold is on them, as far as that is told without reading them. `$1`, `$2`: scope, target. `post` must be in scope. SQL. */
const IN_SCOPE = `($1 IN ('all', 'word') OR ($1 = 'network' AND $2::text = post.network) OR ($1 = 'account' AND $2::text = post.account_id)
    OR ($1 = 'story' AND $2::text = post.story_id) OR ($1 = 'post' AND $2::text = post.id))`;

const idRow = z.object({ id: z.string() });
const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** Accounts on which the hold may keep something back that is scheduled. */
export async function accountsInScope(sql: Sql, { scope, target }: Hold): Promise<string[]> {
  return idsOf(
    await sql.many(
      idRow,
      `SELECT DISTINCT post.account_id AS id FROM standfirst.post AS post WHERE post.state = 'scheduled' AND ${IN_SCOPE} ORDER BY id`,
      [scope, target],
    ),
  );
}

/** Whether other open holds may keep a post back as well. */
type By = 'alone' | 'others-too';

/**
 * The scheduled posts that it keeps back, of one account or, that are due, of all. Read some at a time, and each told by its
 * time before its words: 100,000 in one statement took longer than a statement may.
 */
export async function keptBack(
  sql: Sql,
  hold: Hold,
  of: { accountId: string } | 'due',
  by: By = 'alone',
): Promise<string[]> {
  const kept: string[] = [];
  for (let after = ''; ;) {
    const ids = await scheduled(sql, hold, of, after);
    if (ids.length > 0) kept.push(...(await keptAmong(sql, hold, ids, by)));
    if (ids.length < AT_ONCE) return kept;
    after = ids.at(-1) as string;
  }
}

async function scheduled(
  sql: Sql,
  { scope, target }: Hold,
  of: { accountId: string } | 'due',
  after: string,
): Promise<string[]> {
  const which = of === 'due' ? 'post.wake_at <= standfirst.clock()' : 'post.account_id = $5';
  return idsOf(
    await sql.many(
      idRow,
      `SELECT post.id FROM standfirst.post AS post WHERE post.state = 'scheduled' AND ${which} AND ${IN_SCOPE} AND post.id > $3
        ORDER BY post.id LIMIT $4`,
      [scope, target, after, AT_ONCE, ...(of === 'due' ? [] : [of.accountId])],
    ),
  );
}

/** Those of these posts, {@link AT_ONCE} at most. */
export async function keptAmong(
  sql: Sql,
  { id, scope, target }: Hold,
  ids: readonly string[],
  by: By,
): Promise<string[]> {
  return idsOf(
    await sql.many(
      idRow,
      `SELECT post.id FROM standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
        WHERE post.id = ANY ($1) AND post.state = 'scheduled' AND ($5 OR NOT ${HELD_BUT_FOR('$2')}) AND ($3 <> 'word' OR ${saysWord('$4::text')})
        ORDER BY post.id`,
      [ids, id, scope, target, by === 'others-too'],
    ),
  );
}

/** The holds that have shifted a post, and up to when each counted: `shift.until`. `post` must be in scope. SQL. */
export const SHIFTS = `(SELECT event.data ->> 'hold' AS hold_id, (event.data ->> 'heldUntil')::timestamptz AS until FROM standfirst.event
     WHERE event.subject = post.id AND event.type = 'post.moved' AND event.data ? 'heldUntil') AS shift JOIN standfirst.hold ON hold.id = shift.hold_id`;

const keptRow = z.object({
  id: z.string(),
  accountId: z.string(),
  network: z.string(),
  wake: z.number(),
  wakeAt: z.date(),
  urgency: z.enum(['breaking', 'normal', 'evergreen']),
  dueAt: z.date(),
  staleAt: z.date().nullable(),
});
export type Kept = z.infer<typeof keptRow>;
const keptColumns = `post.id, post.account_id AS "accountId", post.network, post.wake, post.wake_at AS "wakeAt", post.urgency,
  post.due_at AS "dueAt", post.stale_at AS "staleAt"`;

/** Those of these posts that are due, and worth something yet: breaking news first, then the oldest. */
export function dueAmong(sql: Sql, ids: readonly string[]): Promise<Kept[]> {
  return sql.many(
    keptRow,
    `SELECT ${keptColumns} FROM standfirst.post AS post
      WHERE post.id = ANY ($1) AND post.state = 'scheduled' AND post.wake_at <= standfirst.clock()
        AND (post.stale_at IS NULL OR post.stale_at > standfirst.clock())
      ORDER BY (post.urgency = 'breaking') DESC, post.due_at, post.id`,
    [ids],
  );
}

/** Those of these posts that are to come and still wait. */
export function keptAs(sql: Sql, ids: readonly string[]): Promise<Kept[]> {
  return sql.many(
    keptRow,
    `SELECT ${keptColumns} FROM standfirst.post AS post WHERE post.id = ANY ($1) AND post.state = 'scheduled' AND post.wake_at > standfirst.clock()`,
    [ids],
  );
}

/** Those of these posts that are to come and were moved by the hold, in the order in which they leave. */
export function shiftedAmong(sql: Sql, holdId: string, ids: readonly string[]): Promise<Kept[]> {
  return sql.many(
    keptRow,
    `SELECT ${keptColumns} FROM standfirst.post AS post
      WHERE post.id = ANY ($1) AND post.state = 'scheduled' AND post.wake_at > standfirst.clock()
        AND EXISTS (SELECT 1 FROM ${SHIFTS} WHERE hold.id = $2)
      ORDER BY post.wake_at, post.due_at, post.id`,
    [ids, holdId],
  );
}

/** Those of these posts that are due are worth nothing any more. */
export async function dropDue(sql: Sql, ids: readonly string[], hold: HoldRow, actor: string): Promise<void> {
  const gone = await sql.many(
    idRow,
    `WITH gone AS (
       UPDATE standfirst.post SET state = 'stale', wake_at = NULL, wake = wake + 1, version = version + 1,
              updated_at = standfirst.clock(), reason = $2
        WHERE id = ANY ($1) AND state = 'scheduled' AND wake_at <= standfirst.clock()
       RETURNING id
     ), told AS (
       INSERT INTO standfirst.event (type, subject, actor, data, change)
       SELECT 'post.stale', id, $3, jsonb_build_object('hold', $4::text), ${changeSql('state', "'scheduled'", "'stale'")} FROM gone
     )
     SELECT id FROM gone`,
    [ids, `Due while held: ${hold.reason}`, actor, hold.id],
  );
  await leaveToPerson(sql, idsOf(gone));
}
