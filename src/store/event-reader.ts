import { z } from 'zod';
import type { Sql } from './database.ts';
import { eventsAfter } from './event.ts';
import type { EventRow } from './event.ts';

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
