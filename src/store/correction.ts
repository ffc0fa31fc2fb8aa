import { z } from 'zod';
import { correctionStates, correctionWaits, remedies } from '../domain/correction.ts';
import type { Remedy } from '../domain/correction.ts';
import { postStates } from '../domain/post.ts';
import { Refusal } from '../domain/errors.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import type { PageRequest } from './page.ts';
import { partSchema } from './post.ts';
import type { Content } from './post.ts';

const contentColumn: z.ZodType<Content> = z.object({
  parts: z.array(partSchema),
  link: z.string().nullable(),
  tags: z.array(z.string()),
  lang: z.string(),
  hash: z.string(),
});

const correctionPost = z.object({
  postId: z.string(),
  accountId: z.string(),
  network: z.string(),
  url: z.string().nullable(),
  content: contentColumn,
  options: z.array(z.enum(remedies)),
  choice: z.enum(remedies).nullable(),
  state: z.enum(['open', 'chosen', 'done', 'failed']),
  problem: z.string().nullable(),
  newPostId: z.string().nullable(),
  newPostState: z.enum(postStates).nullable(),
});
export type CorrectionPost = z.infer<typeof correctionPost>;

const correctionRow = z.object({
  id: z.string(),
  storyId: z.string(),
  storyTitle: z.string(),
  articleId: z.string(),
  state: z.enum(correctionStates),
  round: z.number(),
  createdAt: z.date(),
  chosenBy: z.string().nullable(),
  chosenAt: z.date().nullable(),
  doneAt: z.date().nullable(),
  posts: z.array(correctionPost),
});
export type CorrectionRow = z.infer<typeof correctionRow>;

const columns = `correction.id, correction.story_id AS "storyId", (SELECT title FROM standfirst.story WHERE story.id = correction.story_id) AS "storyTitle",
  correction.article_id AS "articleId", correction.state, correction.round, correction.created_at AS "createdAt",
  correction.chosen_by AS "chosenBy", correction.chosen_at AS "chosenAt", correction.done_at AS "doneAt",
  (SELECT coalesce(jsonb_agg(jsonb_build_object('postId', one.post_id, 'accountId', post.account_id, 'network', post.network, 'url', post.url,
            'content', one.content, 'options', one.options, 'choice', one.choice, 'state', one.state, 'problem', one.problem,
            'newPostId', one.new_post_id, 'newPostState', (SELECT fresh.state FROM standfirst.post AS fresh WHERE fresh.id = one.new_post_id)) ORDER BY one.post_id), '[]')
     FROM standfirst.correction_post AS one JOIN standfirst.post ON post.id = one.post_id WHERE one.correction_id = correction.id) AS posts`;

export function getCorrection(sql: Sql, id: string): Promise<CorrectionRow | null> {
  return sql.one(correctionRow, `SELECT ${columns} FROM standfirst.correction WHERE id = $1`, [id]);
}

/** Corrections, the newest first. @param state `unfinished`: every one that is not done, or whose new posts are not all out. */
export function pageCorrections(sql: Sql, state: string | null, page: PageRequest): Promise<CorrectionRow[]> {
  return sql.many(
    correctionRow,
    `SELECT ${columns} FROM standfirst.correction
      WHERE ($2::text IS NULL OR state = $2 OR ($2 = 'unfinished' AND (state <> 'done' OR id IN (SELECT one.correction_id
             FROM standfirst.correction_post AS one JOIN standfirst.post AS fresh ON fresh.id = one.new_post_id WHERE fresh.state = ANY($4)))))
        AND ($3::text IS NULL OR id < $3) ORDER BY id DESC LIMIT $1`,
    [page.limit, state, page.after?.[0] ?? null, correctionWaits],
  );
}

export interface Wrong {
  readonly postId: string;
  readonly content: Content;
  readonly options: readonly Remedy[];
}

/**
 * Says that posts of a story do not say what it says now. A story has one correction that is not done: a later revision
 * takes its place in it, and a decision that was not carried out has to be made again.
 */
export async function raiseCorrection(
  sql: Sql,
  raised: { id: string; storyId: string; articleId: string },
  posts: readonly Wrong[],
): Promise<void> {
  const row = await sql.one(
    z.object({ id: z.string() }),
    `INSERT INTO standfirst.correction (id, story_id, article_id, created_at) VALUES ($1, $2, $3, standfirst.clock())
     ON CONFLICT (story_id) WHERE state <> 'done' DO UPDATE SET article_id = excluded.article_id RETURNING id`,
    [raised.id, raised.storyId, raised.articleId],
  );
  const { id } = found(row, 'correction', raised.id);
  for (const { postId, content, options } of posts) {
    await sql.run(
      `INSERT INTO standfirst.correction_post (correction_id, post_id, content, options) VALUES ($1, $2, $3, $4)
       ON CONFLICT (correction_id, post_id) DO UPDATE SET content = excluded.content, options = excluded.options, choice = NULL, state = 'open',
              problem = NULL, new_post_id = NULL, done_at = NULL`,
      [id, postId, JSON.stringify(content), options],
    );
  }
  const data = { storyId: raised.storyId, articleId: raised.articleId, postIds: posts.map(({ postId }) => postId) };
  await recordEvent(sql, { type: 'correction.raised', subject: id, data });
}

export interface Chosen {
  readonly postId: string;
  readonly choice: Remedy;
  readonly content: Content;
}

/**
 * Writes down what a person decided about each post. Saying the same again changes nothing; what failed is tried again.
 * @returns the round to ring for; null where nothing is left to do.
 * @throws Refusal where something else was carried out already, or is being.
 */
export async function chooseRemedies(
  sql: Sql,
  id: string,
  choices: readonly Chosen[],
  actor: string,
): Promise<number | null> {
  await sql.run(`SELECT 1 FROM standfirst.correction WHERE id = $1 FOR UPDATE`, [id]);
  const row = found(await getCorrection(sql, id), 'correction', id);
  for (const { postId, choice, content } of choices) {
    const now = row.posts.find((post) => post.postId === postId);
    const isSettled = now?.state === 'done' || (now?.state === 'chosen' && row.state === 'carrying-out');
    if (isSettled && now?.choice !== choice) {
      const message = `Post ${postId} is ${now?.state === 'done' ? 'corrected' : 'being corrected'} already by: ${now?.choice}.`;
      throw new Refusal('conflict', message);
    }
    if (isSettled) continue;
    await sql.run(
      `UPDATE standfirst.correction_post SET choice = $3, content = $4, state = 'chosen', problem = NULL WHERE correction_id = $1 AND post_id = $2`,
      [id, postId, choice, JSON.stringify(content)],
    );
  }
  const begun = await sql.one(
    z.object({ round: z.number() }),
    `UPDATE standfirst.correction SET state = 'carrying-out', round = round + 1, chosen_by = $2, chosen_at = standfirst.clock()
      WHERE id = $1 AND state = 'open' AND EXISTS (SELECT 1 FROM standfirst.correction_post WHERE correction_id = $1 AND state = 'chosen')
     RETURNING round`,
    [id, actor],
  );
  if (begun === null) return row.state === 'carrying-out' ? row.round : null;
  const data = { choices: choices.map(({ postId, choice }) => ({ postId, choice })) };
  const decided = found(await getCorrection(sql, id), 'correction', id);
  const [before, after] = [momentOf(row), momentOf(decided)];
  await recordEvent(sql, { type: 'correction.decided', subject: id, actor, data, before, after });
  return begun.round;
}

/** What people see of a correction, for the audit: its state, and by its id what each post is to say and how. */
function momentOf({ state, posts }: CorrectionRow): Readonly<Record<string, unknown>> {
  const plans = posts.map(({ postId, choice, content }) => [
    postId,
    { choice, texts: content.parts.map(({ text }) => text) },
  ]);
  return { state, ...Object.fromEntries(plans) };
}

/** Longer than one post takes, its network's answer included. */
const LEASE = `interval '3 minutes'`;

/** Takes a correction to carry it out. Of two workers one gets it; if that dies, it can be taken again when the lease has run out. */
export function claimCorrection(sql: Sql, id: string): Promise<CorrectionRow | null> {
  return sql.one(
    correctionRow,
    `UPDATE standfirst.correction SET busy_until = standfirst.clock() + ${LEASE}
      WHERE id = $1 AND state = 'carrying-out' AND (busy_until IS NULL OR busy_until < standfirst.clock()) RETURNING ${columns}`,
    [id],
  );
}

/** Locks one post of a correction until the transaction ends. */
export async function lockCorrectionPost(sql: Sql, id: string, postId: string): Promise<{ isDone: boolean }> {
  const row = await sql.one(
    z.object({ isDone: z.boolean() }),
    `SELECT state = 'done' OR new_post_id IS NOT NULL AS "isDone" FROM standfirst.correction_post
      WHERE correction_id = $1 AND post_id = $2 FOR UPDATE`,
    [id, postId],
  );
  return found(row, 'post of the correction', postId);
}

export async function settleCorrectionPost(
  sql: Sql,
  id: string,
  postId: string,
  end: { problem: string | null; newPostId: string | null },
): Promise<void> {
  await sql.run(
    `UPDATE standfirst.correction_post SET state = CASE WHEN $3::text IS NULL THEN 'done' ELSE 'failed' END, problem = $3,
            new_post_id = coalesce($4, new_post_id), done_at = CASE WHEN $3::text IS NULL THEN standfirst.clock() END
      WHERE correction_id = $1 AND post_id = $2`,
    [id, postId, end.problem, end.newPostId],
  );
  await sql.run(`UPDATE standfirst.correction SET busy_until = standfirst.clock() + ${LEASE} WHERE id = $1`, [id]);
}

/** Every post has been tried: done, or open again for what failed. */
export async function endRound(sql: Sql, id: string): Promise<void> {
  const row = await sql.one(
    z.object({ state: z.string(), by: z.string().nullable() }),
    `UPDATE standfirst.correction SET busy_until = NULL,
            state = CASE WHEN rest.open THEN 'open' ELSE 'done' END, done_at = CASE WHEN rest.open THEN NULL ELSE standfirst.clock() END
       FROM (SELECT EXISTS (SELECT 1 FROM standfirst.correction_post WHERE correction_id = $1 AND state <> 'done') AS open) AS rest
      WHERE id = $1 AND correction.state = 'carrying-out' RETURNING correction.state, chosen_by AS by`,
    [id],
  );
  if (row?.state !== 'done') return;
  const [before, after] = [{ state: 'carrying-out' }, { state: row.state }];
  await recordEvent(sql, { type: 'correction.done', subject: id, actor: row.by, before, after });
}

/** Corrections whose worker has died, or whose job was lost. */
export function idleCorrections(sql: Sql, idleMs: number): Promise<{ correctionId: string; round: number }[]> {
  return sql.many(
    z.object({ correctionId: z.string(), round: z.number() }),
    `SELECT id AS "correctionId", round FROM standfirst.correction
      WHERE state = 'carrying-out' AND coalesce(busy_until, chosen_at + make_interval(secs => $1 / 1000.0)) < standfirst.clock() LIMIT 100`,
    [idleMs],
  );
}
