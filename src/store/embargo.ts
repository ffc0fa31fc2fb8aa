import { z } from 'zod';
import type { Sql } from './database.ts';

/** The post's story is under embargo. `post` must be in scope. */
export const EMBARGOED = `EXISTS (SELECT 1 FROM standfirst.story WHERE story.id = post.story_id AND story.embargo_until > standfirst.clock())`;

/**
 * No alarm before an embargo ends: the claim would refuse it, and the end of the embargo is when it has to ring. SQL; `post`
 * must be in scope.
 */
export const WAKE = (at: string): string =>
  `greatest(${at}, (SELECT story.embargo_until FROM standfirst.story WHERE story.id = post.story_id))`;

/** Where the moment is kept after which no story is under embargo: it is known at once, and no story asked. */
export const LAST_EMBARGO = 'last_embargo';

/** Some story may be under embargo now. SQL. */
export const ANY_EMBARGO = `coalesce((SELECT (value #>> '{}')::timestamptz > standfirst.clock() FROM standfirst.setting WHERE key = '${LAST_EMBARGO}'), false)`;

/** Whether some story may be under embargo now. */
export async function isAnyEmbargoed(sql: Sql): Promise<boolean> {
  return (await sql.one(z.object({ is: z.boolean() }), `SELECT ${ANY_EMBARGO} AS is`))?.is ?? false;
}

/** An embargo that is lifted early stays in it: it says when to look no more, not what is open. */
export async function keepLastEmbargo(sql: Sql, until: Date): Promise<void> {
  await sql.run(
    `INSERT INTO standfirst.setting AS kept (key, value) VALUES ($1, to_jsonb($2::text))
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = standfirst.clock()
      WHERE (kept.value #>> '{}')::timestamptz < (excluded.value #>> '{}')::timestamptz`,
    [LAST_EMBARGO, until.toISOString()],
  );
}

/** When the embargoes of these stories end, or ended; of those alone that have one. */
export async function embargoesOf(sql: Sql, storyIds: ReadonlySet<string>): Promise<ReadonlyMap<string, Date>> {
  if (storyIds.size === 0) return new Map();
  const rows = await sql.many(
    z.object({ id: z.string(), until: z.date() }),
    `SELECT id, embargo_until AS until FROM standfirst.story WHERE id = ANY ($1) AND embargo_until IS NOT NULL`,
    [[...storyIds]],
  );
  return new Map(rows.map(({ id, until }) => [id, until]));
}

/** When the last embargo ends on the stories that keys lead to; null where none is under one. */
export async function embargoOn(sql: Sql, keys: readonly string[]): Promise<Date | null> {
  const row = await sql.one(
    z.object({ until: z.date().nullable() }),
    `SELECT max(story.embargo_until) AS until FROM standfirst.story_key JOIN standfirst.story ON story.id = story_key.story_id
      WHERE story_key.key = ANY ($1) AND story.embargo_until > standfirst.clock()`,
    [keys],
  );
  return row?.until ?? null;
}
