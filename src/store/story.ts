import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { worthlessAfterMs } from '../domain/urgency.ts';
import type { Urgency } from '../domain/post.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';

export const storyRow = z.object({
  id: z.string(),
  title: z.string(),
  canonicalUrl: z.string().nullable(),
  urgency: z.enum(['breaking', 'normal', 'evergreen']),
  embargoUntil: z.date().nullable(),
  /** What its posts say where nobody changed one by itself; null: as they were written from the article. */
  master: z.string().nullable(),
  masterVersion: z.number(),
  createdAt: z.date(),
});
export type StoryRow = z.infer<typeof storyRow>;

export const storyColumns = `id, title, canonical_url AS "canonicalUrl", urgency, embargo_until AS "embargoUntil",
  master, master_version AS "masterVersion", created_at AS "createdAt"`;

export function getStory(sql: Sql, id: string): Promise<StoryRow | null> {
  return sql.one(storyRow, `SELECT ${storyColumns} FROM standfirst.story WHERE id = $1`, [id]);
}

/** Writes the master text. @throws Refusal not-found, or stale-version where somebody wrote it meanwhile. */
export async function writeMaster(
  sql: Sql,
  id: string,
  version: number,
  text: string | null,
  actor: string,
): Promise<StoryRow> {
  const row = await sql.one(
    storyRow,
    `UPDATE standfirst.story SET master = $3, master_version = master_version + 1, updated_at = standfirst.clock()
      WHERE id = $1 AND master_version = $2 RETURNING ${storyColumns}`,
    [id, version, text],
  );
  if (row === null) {
    const now = found(await getStory(sql, id), 'story', id);
    const sentence = `The master text of ${id} is at version ${now.masterVersion}, not ${version}: somebody changed it. Read it again.`;
    throw new Refusal('stale-version', sentence);
  }
  await recordEvent(sql, { type: 'story.changed', subject: id, actor, data: { masterVersion: row.masterVersion } });
  return row;
}

const wokenRow = z.object({
  postId: z.string(),
  network: z.string(),
  wake: z.number(),
  at: z.date(),
  urgency: z.string(),
});

/**
 * Sets or lifts a story's embargo, and how much it hurries. Posts not sent yet follow: none wakes before the embargo ends,
 * and each is worthless by the new urgency unless a person said when.
 * @returns null where there is no such story; else the scheduled posts, to be rung at their time.
 */
export async function changeStory(
  sql: Sql,
  id: string,
  change: { embargoUntil: Date | null; urgency: Urgency },
  actor: string,
): Promise<z.infer<typeof wokenRow>[] | null> {
  const before = await sql.one(storyRow, `SELECT ${storyColumns} FROM standfirst.story WHERE id = $1 FOR UPDATE`, [id]);
  if (before === null) return null;
  await sql.run(
    `UPDATE standfirst.story SET embargo_until = $2, urgency = $3, updated_at = standfirst.clock() WHERE id = $1`,
    [id, change.embargoUntil, change.urgency],
  );
  const data = { embargoUntil: change.embargoUntil?.toISOString() ?? null, urgency: change.urgency };
  await recordEvent(sql, { type: 'story.changed', subject: id, actor, data });
  return sql.many(
    wokenRow,
    `WITH moved AS (
       UPDATE standfirst.post AS post
          SET urgency = $2, version = post.version + 1, updated_at = standfirst.clock(), wake = post.wake + 1,
              wake_at = CASE WHEN post.state = 'scheduled'
                             THEN greatest(CASE WHEN post.wake_at = $3 THEN post.due_at ELSE post.wake_at END, $4::timestamptz)
                             ELSE post.wake_at END,
              stale_at = CASE WHEN post.worthless_after IS NULL AND post.urgency <> $2
                              THEN least(post.due_at + make_interval(secs => $5::float8 / 1000.0), post.approved_until) ELSE post.stale_at END
        WHERE post.story_id = $1 AND post.state IN ('draft', 'in_review', 'approved', 'scheduled')
       RETURNING post.id, post.network, post.wake, post.wake_at, post.urgency, post.state
     )
     SELECT id AS "postId", network, wake, wake_at AS at, urgency FROM moved WHERE state = 'scheduled'`,
    [id, change.urgency, before.embargoUntil, change.embargoUntil, worthlessAfterMs[change.urgency]],
  );
}
