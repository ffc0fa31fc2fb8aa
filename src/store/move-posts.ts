import { z } from 'zod';
import type { Move } from '../domain/soon.ts';
import { changeSql, timeSql } from './change-sql.ts';
import type { Sql } from './database.ts';
import { WORTH, WORTH_AS_WRITTEN } from './worth.ts';

/** A post that has another time to wake, for its alarm. */
export const shiftedRow = z.object({
  postId: z.string(),
  network: z.string(),
  wake: z.number(),
  at: z.date(),
  urgency: z.string(),
});

/** What a post that comes again is written with moves with it: with it fixed, breaking news would drop it. SQL; `$5`: its due time stays. */
const WORTH_MOVES = `(NOT $5 AND post.tries = 0 AND ${WORTH_AS_WRITTEN})`;

/** Each try after a server's trouble looks at the pace, and mostly moves by milliseconds: that is no news. */
const TOLD_FROM_S = 2;

/** A post that waits, and the time that it is to have. */
interface TimedMove extends Move {
  /** Which of its times it had when that was worked out: it keeps one that it was given since. */
  readonly wake: number;
}

/** @param read what the moves were worked out from. */
export function sinceRead(moves: readonly Move[], read: readonly Pick<TimedMove, 'id' | 'wake'>[]): TimedMove[] {
  const wakes = new Map(read.map(({ id, wake }) => [id, wake]));
  return moves.flatMap(({ id, at }) => {
    const wake = wakes.get(id);
    return wake === undefined ? [] : [{ id, at, wake }];
  });
}

interface MoveHow {
  /** What is planned stays planned for when it was, and only goes out later. */
  readonly keepDue?: boolean;
  /** They wait for the end of an embargo: what is worthless by its urgency counts from there, and nobody looked at the rest. */
  readonly isEmbargo?: boolean;
  /** The new times keep the pace of the account; else the claim sees to it. */
  readonly isLooked?: boolean;
}

/**
 * Moves posts that wait, in bulk, with an event each that says why, and `staleAt` where the post is worthless by then. One that
 * somebody gave a time since the moves were worked out keeps that: what a person was answered holds. What has
 * been tried keeps its due time, from which lateness counts, and only wakes later. What is worthless by its urgency is so as
 * long after its new due time as after the one before, and so is what comes again.
 */
export function movePosts(
  sql: Sql,
  moves: readonly TimedMove[],
  because: { readonly actor: string; readonly data: Readonly<Record<string, unknown>> },
  { keepDue = false, isEmbargo = false, isLooked = !isEmbargo }: MoveHow = {},
): Promise<z.infer<typeof shiftedRow>[]> {
  return sql.many(
    shiftedRow,
    `WITH moves AS (SELECT moves.id, moves.at, was.due_at AS due_before, was.wake_at AS wake_before FROM unnest($1::text[], $2::timestamptz[], $8::int[]) AS moves (id, at, wake)
       JOIN standfirst.post AS was ON was.id = moves.id AND was.wake = moves.wake ORDER BY was.id FOR NO KEY UPDATE OF was),
     moved AS (
       UPDATE standfirst.post AS post
          SET wake_at = moves.at, apart_at = CASE WHEN $7 THEN moves.at END, wake = post.wake + 1, version = post.version + 1, updated_at = standfirst.clock(),
              due_at = CASE WHEN $5 OR post.tries > 0 THEN post.due_at ELSE moves.at END,
              worthless_after = CASE WHEN ${WORTH_MOVES} THEN post.worthless_after + (moves.at - moves.due_before) ELSE post.worthless_after END,
              stale_at = CASE WHEN $6 AND post.worthless_after IS NULL THEN least(greatest(post.due_at, moves.at) + ${WORTH}, post.approved_until)
                              WHEN ${WORTH_MOVES} THEN least(post.worthless_after + (moves.at - moves.due_before), post.approved_until)
                              WHEN $5 OR post.tries > 0 OR post.worthless_after IS NOT NULL THEN post.stale_at
                              ELSE least(post.stale_at + (moves.at - moves.wake_before), post.approved_until) END
         FROM moves WHERE post.id = moves.id AND post.state = 'scheduled'
       RETURNING post.id, post.network, post.wake, post.wake_at, post.urgency, post.due_at, post.stale_at, moves.due_before, moves.wake_before
     ), told AS (
       INSERT INTO standfirst.event (type, subject, actor, data, change)
       SELECT 'post.moved', id, $3, $4::jsonb || jsonb_build_object('wakeAt', wake_at)
                || CASE WHEN stale_at <= wake_at THEN jsonb_build_object('staleAt', stale_at) ELSE '{}'::jsonb END,
              ${changeSql('dueAt', timeSql('due_before'), timeSql('due_at'))} FROM moved
        WHERE due_at <> due_before OR abs(extract(epoch FROM wake_at - wake_before)) >= ${TOLD_FROM_S}
     )
     SELECT id AS "postId", network, wake, wake_at AS at, urgency FROM moved`,
    [
      moves.map((move) => move.id),
      moves.map((move) => move.at),
      because.actor,
      JSON.stringify(because.data),
      keepDue,
      isEmbargo,
      isLooked,
      moves.map((move) => move.wake),
    ],
  );
}
