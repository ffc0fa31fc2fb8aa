import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { isAllowed, isBarredInDoubt, postCan, postStates } from '../domain/post.ts';
import type { Part, PostAction, PostState } from '../domain/post.ts';
import { found } from './database.ts';
import type { Sql } from './database.ts';
import { recordEvent } from './event.ts';
import { IN_DOUBT, isInDoubt } from './in-doubt.ts';
import { recordMediaUse } from './media.ts';
import { takeBackRecurrences } from './recurrence.ts';
import { staleVersion } from './stale-version.ts';

/** A link card's picture, with what of it stays where it is cut. */
export const cardImage = z.object({
  url: z.string(),
  alt: z.string(),
  focus: z.object({ x: z.number(), y: z.number() }).exactOptional(),
});

export const partSchema = z.object({
  text: z.string(),
  media: z.array(z.object({ source: z.string(), alt: z.string() })).default([]),
  card: z
    .object({
      url: z.string(),
      title: z.string(),
      description: z.string(),
      image: cardImage.nullable(),
    })
    .nullable()
    .default(null),
});

export const failureColumn = z.object({
  kind: z.string(),
  cause: z.string(),
  detail: z.string(),
  code: z.string().optional(),
});

export const postRow = z.object({
  id: z.string(),
  accountId: z.string(),
  network: z.string(),
  storyId: z.string().nullable(),
  articleId: z.string().nullable(),
  state: z.enum(postStates),
  urgency: z.enum(['breaking', 'normal', 'evergreen']),
  revision: z.number(),
  version: z.number(),
  approvedHash: z.string().nullable(),
  approvedBy: z.string().nullable(),
  approvedAt: z.date().nullable(),
  dueAt: z.date().nullable(),
  wakeAt: z.date().nullable(),
  wake: z.number(),
  staleAt: z.date().nullable(),
  /** Set by a person; null: a while after its time, by its urgency. */
  worthlessAfter: z.date().nullable(),
  /** The approval's latest time. */
  approvedUntil: z.date().nullable(),
  recurrenceId: z.string().nullable(),
  tries: z.number(),
  failure: failureColumn.nullable(),
  publishedAt: z.date().nullable(),
  /** When it was taken off its network again. */
  removedAt: z.date().nullable(),
  latenessMs: z.number().nullable(),
  url: z.string().nullable(),
  reason: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
  parts: z.array(partSchema),
  link: z.string().nullable(),
  tags: z.array(z.string()),
  lang: z.string(),
  hash: z.string(),
  /** What of its network's powers its account has otherwise. */
  accountPowers: z.record(z.string(), z.unknown()).nullable(),
});
export type PostRow = z.infer<typeof postRow>;

/** The post with its current revision. `FROM` this, aliased `post` and `rev`. */
export const postColumns = `post.id, post.account_id AS "accountId", post.network, post.story_id AS "storyId",
  post.article_id AS "articleId", post.state, post.urgency, post.revision, post.version, post.approved_hash AS "approvedHash",
  post.approved_by AS "approvedBy", post.approved_at AS "approvedAt", post.due_at AS "dueAt", post.wake_at AS "wakeAt", post.wake,
  post.stale_at AS "staleAt",
  post.worthless_after AS "worthlessAfter", post.approved_until AS "approvedUntil", post.recurrence_id AS "recurrenceId", post.tries, post.failure, post.published_at AS "publishedAt", post.removed_at AS "removedAt", post.lateness_ms AS "latenessMs",
  post.url, post.reason, post.created_by AS "createdBy", post.created_at AS "createdAt", post.updated_at AS "updatedAt",
  rev.parts, rev.link, rev.tags, rev.lang, rev.hash,
  (SELECT powers FROM standfirst.account WHERE account.id = post.account_id) AS "accountPowers"`;
export const postFrom = `standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision`;

export interface Content {
  readonly parts: readonly Part[];
  readonly link: string | null;
  readonly tags: readonly string[];
  readonly lang: string;
  /** What an approval binds: changes with any part, link or account. */
  readonly hash: string;
}

/** @returns the hash of the revision before it. */
export async function insertRevision(
  sql: Sql,
  postId: string,
  n: number,
  content: Content,
  actor: string,
): Promise<string> {
  const row = await sql.one(
    z.object({ hashBefore: z.string() }),
    `INSERT INTO standfirst.post_revision AS next (post_id, n, parts, link, tags, lang, hash, author) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     RETURNING (SELECT hash FROM standfirst.post_revision AS last WHERE last.post_id = next.post_id AND last.n = next.n - 1) AS "hashBefore"`,
    [postId, n, JSON.stringify(content.parts), content.link, content.tags, content.lang, content.hash, actor],
  );
  await recordMediaUse(sql, [{ postId, revision: n, parts: content.parts }]);
  return found(row, 'revision', `${n} of ${postId}`).hashBefore;
}

export function getPost(sql: Sql, id: string): Promise<PostRow | null> {
  return sql.one(postRow, `SELECT ${postColumns} FROM ${postFrom} WHERE post.id = $1`, [id]);
}

/** The account of each of these ids that is a post's. */
export async function accountsOfPosts(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.many(
    z.object({ id: z.string(), accountId: z.string() }),
    `SELECT id, account_id AS "accountId" FROM standfirst.post WHERE id = ANY ($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.accountId]));
}

/**
 * New text for a post: a new revision, back in review, approval gone, nothing comes again of it. Nothing may have been sent of it yet.
 * @param author whose words they are, where that is not who acts.
 */
export async function revisePost(
  sql: Sql,
  id: string,
  version: number | null,
  content: Content,
  actor: string,
  author = actor,
): Promise<PostRow> {
  const moved = await move(sql, id, 'edit', version, {
    set: `state = CASE WHEN post.state = 'draft' THEN 'draft' ELSE 'in_review' END, revision = post.revision + 1, approved_hash = NULL,
          approved_by = NULL, approved_at = NULL, approved_until = NULL, failure = NULL, wake = post.wake + 1, wake_at = NULL`,
    guard: `NOT EXISTS (SELECT 1 FROM standfirst.attempt WHERE attempt.post_id = post.id AND attempt.phase IN ('reserved', 'sent', 'unknown', 'published'))`,
    guardMessage: `a part of post ${id} is out already, so its text cannot change`,
  });
  const { revision, changed } = moved;
  const hashBefore = await insertRevision(sql, id, revision, content, author);
  await recordEvent(sql, { type: 'post.edited', subject: id, actor, data: { revision }, changed, hashBefore });
  await takeBackRecurrences(sql, id, 'edited', actor);
  return found(await getPost(sql, id), 'post', id);
}

export interface Move {
  /** SQL of the SET list after the columns every move changes; `post` is the row; parameters from $4. */
  readonly set: string;
  readonly values?: readonly unknown[];
  readonly guard?: string;
  readonly guardMessage?: string;
}

/** What people see of a post's way, for the audit. */
const momentOfPost = z.object({
  state: z.string(),
  dueAt: z.coerce.date().nullable(),
  worthlessAfter: z.coerce.date().nullable(),
  approvedUntil: z.coerce.date().nullable(),
});
const MOMENT = (row: string): string =>
  `jsonb_build_object('state', ${row}.state, 'dueAt', ${row}.due_at, 'worthlessAfter', ${row}.worthless_after, 'approvedUntil', ${row}.approved_until)`;

const movedRow = z.object({
  revision: z.number(),
  wake: z.number(),
  wakeAt: z.date().nullable(),
  changed: z.object({ before: momentOfPost, after: momentOfPost }),
});

export type Moved = z.infer<typeof movedRow>;

/**
 * The one way a person's action changes a post: allowed by `postCan`, on the version the caller saw.
 * @throws Refusal not-found, stale-version (the row has moved on), or conflict (not allowed in its state, or in doubt).
 */
export async function move(
  sql: Sql,
  id: string,
  action: PostAction,
  version: number | null,
  change: Move,
): Promise<Moved> {
  const isBarred = isBarredInDoubt(action);
  const row = await sql.one(
    movedRow,
    `WITH was AS (SELECT id AS was_id, ${MOMENT('was')} AS moment FROM standfirst.post AS was WHERE id = $1 FOR NO KEY UPDATE)
     UPDATE standfirst.post AS post SET version = post.version + 1, updated_at = standfirst.clock(), ${change.set}
       FROM was WHERE post.id = $1 AND post.id = was_id AND post.state = ANY ($2) AND ($3::int IS NULL OR post.version = $3) AND (${change.guard ?? 'true'})
         ${isBarred ? `AND NOT ${IN_DOUBT}` : ''}
      RETURNING post.revision, post.wake, post.wake_at AS "wakeAt",
                jsonb_build_object('before', was.moment, 'after', ${MOMENT('post')}) AS changed`,
    [id, postCan[action], version, ...(change.values ?? [])],
  );
  if (row !== null) return row;
  const now = found(await getPost(sql, id), 'post', id);
  if (version !== null && now.version !== version) {
    throw staleVersion(`Post ${id}`, now.version, version);
  }
  if (!isAllowed(action, now.state)) {
    throw new Refusal(
      'conflict',
      `Post ${id} is ${now.state}; ${words(action)} is possible when it is ${list(postCan[action])}.`,
    );
  }
  if (isBarred && (await isInDoubt(sql, id))) {
    throw new Refusal(
      'conflict',
      `Post ${id} may be on its network already: the answer was lost, and the network cannot be asked. It is sent again as it is, which settles it; until then ${words(action)} is not possible. Wait, or look on the network and say what became of it.`,
    );
  }
  throw new Refusal(
    'conflict',
    `${change.guardMessage ?? `Post ${id} cannot be changed now`}.`.replace(/^./, (first) => first.toUpperCase()),
  );
}

function words(action: PostAction): string {
  return action.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}

function list(states: readonly PostState[]): string {
  return states.length === 1 ? String(states[0]) : `${states.slice(0, -1).join(', ')} or ${states.at(-1)}`;
}
