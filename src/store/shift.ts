import { z } from 'zod';
import { AGAIN_WORTH_MS } from '../domain/urgency.ts';
import { changeSql, timeSql } from './change-sql.ts';
import type { Sql } from './database.ts';
import type { HoldRow } from './hold.ts';
import { leaveToPerson } from './in-doubt.ts';
import { SHIFTS } from './kept-back.ts';
import { WORTH_AS_WRITTEN } from './worth.ts';

/** Where it is kept up to when a hold counts that is being lifted with `shift`. */
const lifting = (holdId: string): string => `lifting_${holdId}`;
/** Who comes back later than this has left the hold to stand: it has lasted longer. SQL. */
const STILL_LIFTING = `interval '10 minutes'`;

/**
 * The hold counts up to now, or up to when lifting it began: who asks again goes on, and moves nothing twice.
 * @returns that time, as PostgreSQL reads it; null where there is no such open hold.
 */
export async function beginShift(sql: Sql, holdId: string): Promise<string | null> {
  const row = await sql.one(
    z.object({ until: z.string() }),
    `INSERT INTO standfirst.setting AS kept (key, value) SELECT $2, to_jsonb(standfirst.clock()) FROM standfirst.hold WHERE id = $1 AND lifted_at IS NULL
     ON CONFLICT (key) DO UPDATE SET updated_at = standfirst.clock(),
       value = CASE WHEN (kept.value #>> '{}')::timestamptz > standfirst.clock() - ${STILL_LIFTING} THEN kept.value ELSE excluded.value END
     RETURNING value #>> '{}' AS until`,
    [holdId, lifting(holdId)],
  );
  return row?.until ?? null;
}

/** The hold is lifted. */
export async function endShift(sql: Sql, holdId: string): Promise<void> {
  await sql.run(`DELETE FROM standfirst.setting WHERE key = $1`, [lifting(holdId)]);
}

/** Somebody gave the post a time while hold `$2` was on it: after its event came one of that. SQL. @param post what it is called there */
const TIMED_MEANWHILE = (post: 'post' | 'next'): string => `EXISTS (SELECT 1 FROM standfirst.event
    WHERE event.subject = ${post}.id AND (event.type IN ('post.scheduled', 'post.retried') OR (event.type = 'post.moved' AND event.data ? 'dueAt'))
      AND event.seq > (SELECT min(placed.seq) FROM standfirst.event AS placed WHERE placed.subject = $2 AND placed.type = 'publishing.held'))`;

/** It waits for the end of an embargo, of its story or of one that it shows: nothing else puts off what was not tried. SQL. */
const WAITS_FOR_EMBARGO = `(post.tries = 0 AND post.wake_at > post.due_at AND post.wake_at IS DISTINCT FROM post.apart_at)`;

/** The same text has come again by then, written while the hold was on, or is about to: nobody wants it twice. `later` must be in scope. SQL. */
const COMES_AGAIN = `EXISTS (SELECT 1 FROM standfirst.post AS next WHERE next.recurrence_id = later.recurrence_id AND next.id <> later.id
    AND next.state IN ('scheduled', 'publishing', 'published', 'unknown') AND next.due_at > later.due_before
    AND next.due_at < later.due_at + make_interval(secs => ${AGAIN_WORTH_MS / 1000}) AND ${TIMED_MEANWHILE('next')})`;

/** How long hold `held` was on a post up to `$3` while none was that has shifted it before. `post` must be in scope. SQL. */
const LASTED = `(SELECT coalesce(sum(upper(span) - lower(span)), interval '0')
    FROM unnest(tstzmultirange(tstzrange(held.placed_at, greatest(held.placed_at, $3::timestamptz)))
      - coalesce((SELECT range_agg(tstzrange(hold.placed_at, greatest(hold.placed_at, shift.until))) FROM ${SHIFTS}), '{}'::tstzmultirange)) AS span)`;

/**
 * Those of these posts that had their time before the hold move by as long as it has lasted until then, and with it when they
 * are worthless, unless a person said when; but no embargo ends later for it. What would be worthless by its new time, or comes
 * again by then, is stale where it came due under the hold; else nothing was held back, and it keeps its time, as does what was
 * given its time meanwhile. Once the hold is lifted nothing moves.
 * @param until from `beginShift`. What a hold has moved until then it does not move again, and time under two holds counts once.
 */
export async function shiftBy(
  sql: Sql,
  ids: readonly string[],
  hold: HoldRow,
  until: string,
  actor: string,
): Promise<void> {
  const over = await sql.many(
    z.object({ id: z.string() }),
    `WITH held AS (
       SELECT placed_at FROM standfirst.hold WHERE id = $2 AND lifted_at IS NULL FOR SHARE
     ), mine AS (
       SELECT post.*, ${LASTED} AS lasted
         FROM held, standfirst.post AS post WHERE post.id = ANY ($1) AND post.state = 'scheduled' AND NOT ${TIMED_MEANWHILE('post')}
     ), woken AS (
       SELECT post.*, CASE WHEN ${WAITS_FOR_EMBARGO} THEN greatest(post.due_at + lasted, post.wake_at) ELSE post.wake_at + lasted END AS wakes
         FROM mine AS post WHERE lasted > interval '0'
     ), later AS (
       SELECT post.id, post.recurrence_id, post.due_at AS due_before, post.due_at + lasted AS due_at, wakes AS wake_at, post.wake_at <= standfirst.clock() AS was_due,
              CASE WHEN ${WORTH_AS_WRITTEN} THEN post.worthless_after + lasted ELSE post.worthless_after END AS worthless_after,
              CASE WHEN post.worthless_after IS NULL THEN least(post.stale_at + (wakes - post.wake_at), post.approved_until)
                   WHEN ${WORTH_AS_WRITTEN} THEN least(post.stale_at + lasted, post.approved_until) ELSE post.stale_at END AS stale_at
         FROM woken AS post
     ), told_apart AS (
       SELECT later.*, comes_again, comes_again OR coalesce(later.stale_at <= later.wake_at, false) AS is_over
         FROM later CROSS JOIN LATERAL (SELECT ${COMES_AGAIN} AS comes_again) AS again
     ), moved AS (
       UPDATE standfirst.post AS shifted
          SET state = CASE WHEN is_over THEN 'stale' ELSE 'scheduled' END, wake_at = CASE WHEN NOT is_over THEN later.wake_at END,
              due_at = CASE WHEN is_over THEN shifted.due_at ELSE later.due_at END,
              stale_at = CASE WHEN is_over THEN shifted.stale_at ELSE later.stale_at END,
              worthless_after = CASE WHEN is_over THEN shifted.worthless_after ELSE later.worthless_after END,
              reason = CASE WHEN comes_again THEN $6 WHEN is_over THEN $5 ELSE reason END, wake = wake + 1, version = version + 1, updated_at = standfirst.clock()
         FROM told_apart AS later WHERE shifted.id = later.id AND shifted.state = 'scheduled' AND (was_due OR NOT is_over)
       RETURNING shifted.id, shifted.wake_at, due_before, shifted.due_at, is_over
     ), told AS (
       INSERT INTO standfirst.event (type, subject, actor, data, change)
       SELECT CASE WHEN is_over THEN 'post.stale' ELSE 'post.moved' END, id, $4,
              jsonb_strip_nulls(jsonb_build_object('hold', $2::text, 'wakeAt', wake_at, 'heldUntil', CASE WHEN NOT is_over THEN $3::timestamptz END)),
              CASE WHEN is_over THEN ${changeSql('state', "'scheduled'", "'stale'")} ELSE ${changeSql('dueAt', timeSql('due_before'), timeSql('due_at'))} END FROM moved
     )
     SELECT id FROM moved WHERE is_over`,
    [
      ids,
      hold.id,
      until,
      actor,
      `Worthless by its time after the hold: ${hold.reason}`,
      `Its text comes again by its time after the hold: ${hold.reason}`,
    ],
  );
  await leaveToPerson(
    sql,
    over.map(({ id }) => id),
  );
}
