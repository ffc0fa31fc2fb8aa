import { z } from 'zod';
import type { Sql } from './database.ts';
import { eventsAfter } from './event.ts';
import type { EventRow } from './event.ts';

/** Lets every reader begin with what happens from now on: in a restored database a cursor would be another server's. */
export async function readFromHere(sql: Sql): Promise<void> {
  const there = await sql.one(
    z.object({ is: z.boolean() }),
    `SELECT to_regclass('standfirst.event_reader') IS NOT NULL AS is`,
  );
  // A backup of an older version has none yet: its migration begins here too.
  if (there?.is !== true) return;
  await sql.run(
    `UPDATE standfirst.event_reader SET cursor = coalesce(
       (SELECT tx::text || '-' || seq FROM standfirst.event ORDER BY tx DESC, seq DESC LIMIT 1), '0-0')`,
  );
}

/**
 * Takes the next events for a reader, in the caller's transaction, and moves its cursor past them: what the caller writes of
 * them and the move are one. One process reads at a time. @returns null where another one is at it.
 */
export async function takeEvents(sql: Sql, reader: string, most: number): Promise<EventRow[] | null> {
  const at = await sql.one(
    z.object({ cursor: z.string() }),
    'SELECT cursor FROM standfirst.event_reader WHERE name = $1 FOR UPDATE SKIP LOCKED',
    [reader],
  );
  if (at === null) return null;
  const events = await eventsAfter(sql, at.cursor, most);
  const last = events.at(-1);
  if (last !== undefined) {
    await sql.run('UPDATE standfirst.event_reader SET cursor = $2 WHERE name = $1', [reader, last.cursor]);
  }
  return events;
}
