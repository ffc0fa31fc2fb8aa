import { z } from 'zod';
import { worthlessAfterMs } from '../domain/urgency.ts';
import type { Urgency } from '../domain/post.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { keepLastEmbargo, WAKE } from './embargo.ts';
import { recordEvent } from './event.ts';
import { storyCampaign } from './story-campaign.ts';
import { staleVersion } from './stale-version.ts';
import { PUT_OFF_TO, WORTH } from './worth.ts';

export const storyRow = z.object({
  id: z.string(),
  title: z.string(),
  canonicalUrl: z.string().nullable(),
  urgency: z.enum(['breaking', 'normal', 'evergreen']),
  embargoUntil: z.date().nullable(),
  /** What its posts say where nobody changed one by itself; null: as they were written from the article. */
  master: z.string().nullable(),
  masterVersion: z.number(),
  /** What its links say of their campaign; null: as in the house. */
  utm: storyCampaign.nullable(),
  createdAt: z.date(),
});
export type StoryRow = z.infer<typeof storyRow>;

export const storyColumns = `id, title, canonical_url AS "canonicalUrl", urgency, embargo_until AS "embargoUntil",
  master, master_version AS "masterVersion", utm, created_at AS "createdAt"`;

/** Nobody else changes it until the transaction ends. */
export async function lockStory(sql: Sql, id: string): Promise<void> {
  await sql.run(`SELECT id FROM standfirst.story WHERE id = $1 FOR NO KEY UPDATE`, [id]);
}

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
  const story = await sql.one(
    storyRow,
    `SELECT ${storyColumns} FROM standfirst.story WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  const row = await sql.one(
    storyRow,
    `UPDATE standfirst.story SET master = $3, master_version = master_version + 1, updated_at = standfirst.clock()
      WHERE id = $1 AND master_version = $2 RETURNING ${storyColumns}`,
    [id, version, text],
  );
  if (row === null) {
    const now = found(story, 'story', id);
    throw staleVersion(`The master text of ${id}`, now.masterVersion, version);
  }
  const data = { masterVersion: row.masterVersion };
  const [before, after] = [{ master: story?.master }, { master: text }];
  await recordEvent(sql, { type: 'story.changed', subject: id, actor, data, before, after });
  return row;
}

const wokenRow = z.object({
  postId: z.string(),
  network: z.string(),
  wake: z.number(),
  at: z.date(),
  urgency: z.enum(['breaking', 'normal', 'evergreen']),
  accountId: z.string(),
  /** Past it the post is stale. */
  staleAt: z.date().nullable(),
  /** It hurries more or less than before, or wakes at another time. */
  isChanged: z.boolean(),
});
export type WokenOfStory = z.infer<typeof wokenRow>;

/** When a post could go under the embargo before, and can under the new one: what is lifted has ended by now. SQL of both ends. */
const OUT_BEFORE = (before: string): string => `greatest(post.due_at, ${before}::timestamptz)`;
const OUT = (before: string, after: string): string =>
  `greatest(post.due_at, ${after}::timestamptz, CASE WHEN ${before}::timestamptz IS NOT NULL THEN least(${before}::timestamptz, standfirst.clock()) END)`;

/** What comes again hurries no more than it did: only the news itself does. SQL; `$2`: the story's urgency. */
const OWN_URGENCY = `CASE WHEN post.recurrence_id IS NULL THEN $2 ELSE post.urgency END`;

/**
 * Sets or lifts a story's embargo, and how much it hurries. From the moment this has committed no claim of its posts wins and
 * no attempt of them is marked as sent. Posts not sent yet follow: none wakes before the embargo ends,
 * and each is worthless by the new urgency, counted from when it can go, unless a person said when. What waited for the end of
 * this embargo because it shows an address of the story wakes when it was due, or its own embargo ends, worth as much as
 * the others, and finds out what keeps it back now.
 * @returns null where there is no such story; else the scheduled posts, to be rung at their time.
 */
export async function changeStory(
  sql: Sql,
  id: string,
  change: { embargoUntil: Date | null; urgency: Urgency },
  actor: string,
): Promise<WokenOfStory[] | null> {
  // No stronger lock: a post that is changed twice in one transaction has its story looked up, and has the lock that this waits for.
  const before = await sql.one(
    storyRow,
    `SELECT ${storyColumns} FROM standfirst.story WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  if (before === null) return null;
  await sql.run(
    `UPDATE standfirst.story SET embargo_until = $2, urgency = $3, updated_at = standfirst.clock() WHERE id = $1`,
    [id, change.embargoUntil, change.urgency],
  );
  if (change.embargoUntil !== null) await keepLastEmbargo(sql, change.embargoUntil);
  const data = { embargoUntil: change.embargoUntil?.toISOString() ?? null, urgency: change.urgency };
  const was = { embargoUntil: before.embargoUntil?.toISOString() ?? null, urgency: before.urgency };
  await recordEvent(sql, { type: 'story.changed', subject: id, actor, data, before: was, after: data });
  await sql.run(
    // In a worker's hands: where the embargo stops it, it waits, and is worth as much as the others.
    `UPDATE standfirst.post AS post SET stale_at = least(post.stale_at + (${OUT('$2', '$3')} - ${OUT_BEFORE('$2')}), post.approved_until)
      WHERE post.story_id = $1 AND post.state IN ('publishing', 'unknown') AND post.worthless_after IS NULL
        AND ${OUT_BEFORE('$2')} <> ${OUT('$2', '$3')}`,
    [id, before.embargoUntil, change.embargoUntil],
  );
  return sql.many(
    wokenRow,
    `WITH was AS (
       SELECT id AS was_id, urgency AS urgency_before, wake_at AS wake_before FROM standfirst.post
        WHERE story_id = $1 AND state IN ('draft', 'in_review', 'approved', 'scheduled') ORDER BY id FOR NO KEY UPDATE
     ), moved AS (
       UPDATE standfirst.post AS post
          SET urgency = ${OWN_URGENCY}, version = post.version + 1, updated_at = standfirst.clock(), wake = post.wake + 1,
              wake_at = CASE WHEN post.state = 'scheduled'
                             THEN greatest(CASE WHEN post.wake_at = $3 THEN post.due_at ELSE post.wake_at END, $4::timestamptz)
                             ELSE post.wake_at END,
              stale_at = CASE WHEN post.worthless_after IS NULL AND post.due_at IS NOT NULL AND (post.urgency <> ${OWN_URGENCY} OR ${OUT_BEFORE('$3')} <> ${OUT('$3', '$4')})
                              THEN least(greatest(${OUT('$3', '$4')}, CASE WHEN post.wake_at IS DISTINCT FROM $3 THEN ${PUT_OFF_TO} END)
                                         + CASE WHEN post.recurrence_id IS NULL THEN make_interval(secs => $5::float8 / 1000.0) ELSE ${WORTH} END, post.approved_until) ELSE post.stale_at END
         FROM was WHERE post.id = was_id
       RETURNING post.id, post.account_id, post.network, post.wake, post.wake_at, post.urgency, post.state, post.stale_at,
                 post.urgency <> urgency_before OR post.wake_at <> wake_before AS is_changed
     ), others AS (
       UPDATE standfirst.post AS post
          SET stale_at = CASE WHEN post.worthless_after IS NULL
                              THEN least(greatest(${WAKE('post.due_at')}, ${OUT('$3', '$4')}) + ${WORTH}, post.approved_until) ELSE post.stale_at END,
              wake_at = ${WAKE('post.due_at')}, wake = post.wake + 1, version = post.version + 1, updated_at = standfirst.clock()
        WHERE post.state = 'scheduled' AND post.wake_at = $3 AND $3 IS DISTINCT FROM $4::timestamptz AND ${WAKE('post.due_at')} < post.wake_at
          AND post.story_id IS DISTINCT FROM $1
       RETURNING post.id, post.account_id, post.network, post.wake, post.wake_at, post.urgency, post.state, post.stale_at, true AS is_changed
     )
     SELECT id AS "postId", network, wake, wake_at AS at, urgency, account_id AS "accountId", stale_at AS "staleAt", is_changed AS "isChanged"
       FROM (TABLE moved UNION ALL TABLE others) AS woken WHERE state = 'scheduled' ORDER BY wake_at, id`,
    [id, change.urgency, before.embargoUntil, change.embargoUntil, worthlessAfterMs[change.urgency]],
  );
}
