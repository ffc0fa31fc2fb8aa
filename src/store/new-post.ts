import { z } from 'zod';
import { keptIn } from '../domain/media.ts';
import type { Urgency } from '../domain/post.ts';
import type { Sql } from './database.ts';
import { HOUSE_MARK } from './house-account.ts';
import type { House } from './house-account.ts';
import type { Origin } from './origin.ts';
import { listedColumns, listedPost } from './post-list.ts';
import type { ListedPost } from './post-list.ts';
import type { Content } from './post.ts';

export interface NewPost {
  readonly id: string;
  readonly accountId: string;
  readonly network: string;
  readonly storyId: string | null;
  readonly articleId: string | null;
  readonly urgency: Urgency;
  readonly content: Content;
  /** A draft, in review, or approved where no person is needed. */
  readonly state: 'draft' | 'in_review' | 'approved';
  /** The time of an approved one, which is scheduled with it; `at` null: this instant. */
  readonly due?: { readonly at: Date | null; readonly staleAfterMs: number };
  readonly worthlessAfter?: Date | null;
  /** The latest time of the approval. */
  readonly approvedUntil?: Date | null;
  readonly recurrenceId?: string | null;
  /** A published post that it answers. */
  readonly replyTo?: string | null;
  /** Why a person decides on it, where there is more to say than that one always does. */
  readonly reason?: string | null;
}

/** When a given post can go: no earlier than its story's embargo ends. */
const OUT = `greatest(due, (SELECT embargo_until FROM standfirst.story WHERE story.id = "storyId"))`;

/**
 * Posts, their first revisions, what images they show, their times and what is told of it, all in one statement: of a
 * transaction with a statement for each, three quarters of the time were spent between the statements.
 * @param where which of the `given` are written.
 * @param then what of them is answered, over the CTEs `post`, the rows, and `given`.
 */
const inserting = (where: string, then: string): string =>
  `WITH given AS (
     SELECT given.*, CASE WHEN "isDue" THEN coalesce("dueAt", standfirst.clock()) END AS due
       FROM jsonb_to_recordset($1) AS given (ask int, id text, "accountId" text, network text, "storyId" text, "articleId" text, urgency text, state text,
         "isDue" boolean, "dueAt" timestamptz, "staleAfterMs" float8, "worthlessAfter" timestamptz, "approvedUntil" timestamptz, "recurrenceId" text, "replyTo" text, reason text,
         parts jsonb, link text, tags text[], lang text, hash text, media text[], by text)
      WHERE ${where}
   ), post AS (
     INSERT INTO standfirst.post (id, account_id, network, story_id, article_id, state, urgency, created_by, worthless_after, approved_until, recurrence_id, reply_to, reason,
                                  approved_hash, approved_by, approved_at, version, due_at, wake, wake_at, stale_at)
     SELECT id, "accountId", network, "storyId", "articleId", CASE WHEN "isDue" THEN 'scheduled' ELSE state END, urgency, by, "worthlessAfter", "approvedUntil",
            "recurrenceId", "replyTo", reason, CASE WHEN state = 'approved' THEN hash END, CASE WHEN state = 'approved' THEN by END,
            CASE WHEN state = 'approved' THEN standfirst.clock() END, CASE WHEN "isDue" THEN 2 ELSE 1 END, due, CASE WHEN "isDue" THEN 1 ELSE 0 END,
            CASE WHEN "isDue" THEN ${OUT} END,
            CASE WHEN "isDue" THEN least(coalesce("worthlessAfter", ${OUT} + make_interval(secs => "staleAfterMs" / 1000.0)), "approvedUntil") END
       FROM given
     RETURNING *
   ), revision AS (
     INSERT INTO standfirst.post_revision (post_id, n, parts, link, tags, lang, hash, author)
     SELECT id, 1, parts, link, tags, lang, hash, by FROM given
   ), shown AS (
     INSERT INTO standfirst.media_use (media_id, post_id, revision) SELECT kept, id, 1 FROM given, unnest(media) AS kept
   ), told AS (
     INSERT INTO standfirst.event (type, subject, actor, data)
     SELECT type, id, by, data FROM (
       SELECT 1 AS n, 'post.created' AS type, id, by, jsonb_build_object('accountId', "accountId", 'articleId', "articleId", 'state', state) AS data FROM given
       UNION ALL
       SELECT 2, 'post.scheduled', id, by, jsonb_build_object('dueAt', CASE WHEN "dueAt" IS NULL THEN '"now"'::jsonb ELSE to_jsonb(due) END) FROM given WHERE "isDue"
     ) AS all_told ORDER BY n
   )
   ${then}`;

const WRITTEN = inserting('true', 'SELECT id, wake, wake_at AS "wakeAt" FROM post WHERE wake_at IS NOT NULL');

/** An ask is left out whole where one of its accounts, or the house's rules, are not what they were when it was checked. */
const WRITTEN_ALONE = inserting(
  `ask <> ALL (ARRAY(
     SELECT seen.ask FROM unnest($3::int[], $4::text[], $5::text[]) AS seen (ask, account_id, mark)
       LEFT JOIN standfirst.account ON account.id = seen.account_id AND account.state <> 'removed'
      WHERE seen.mark IS DISTINCT FROM ${HOUSE_MARK}))`,
  `, said AS (SELECT set_config('standfirst.origins', $2, true))
   SELECT ${listedColumns} FROM said, post JOIN given AS rev ON rev.id = post.id ORDER BY post.id`,
);

const wokenRow = z.object({ id: z.string(), wake: z.number(), wakeAt: z.date() });

/** Writes posts in the caller's transaction. @returns when those that have a time wake. */
export async function insertPosts(
  sql: Sql,
  posts: readonly NewPost[],
  actor: string,
): Promise<z.infer<typeof wokenRow>[]> {
  if (posts.length === 0) return [];
  return sql.many(wokenRow, WRITTEN, [JSON.stringify(asGiven(posts, actor))]);
}

/** Posts that somebody makes at once: all of them are written or none. */
export interface NewPosts {
  readonly posts: readonly NewPost[];
  readonly actor: string;
  /** Of the request; null: nobody's. */
  readonly origin: Origin | null;
  /** By account: the mark of what they were checked against, which must allow posts without a second pair of eyes. */
  readonly marks: House['marks'];
}

/**
 * Writes posts in the transaction that a statement of its own is, and says where each comes from.
 * @returns for each of the asks its posts as a list shows them; empty, and nothing of it is written, where a mark is another now.
 */
export async function insertPostsAlone(sql: Sql, asks: readonly NewPosts[]): Promise<ListedPost[][]> {
  const given = asks.flatMap(({ posts, actor }, ask) => asGiven(posts, actor).map((post) => ({ ...post, ask })));
  const origins = asks.flatMap(({ posts, origin }) => (origin === null ? [] : posts.map(({ id }) => [id, origin])));
  const seen = asks.flatMap(({ posts, marks }, ask) =>
    posts.map(({ accountId }) => ({ ask, accountId, mark: marks.get(accountId) ?? '' })),
  );
  const values = [
    JSON.stringify(given),
    JSON.stringify(Object.fromEntries(origins)),
    seen.map(({ ask }) => ask),
    seen.map(({ accountId }) => accountId),
    seen.map(({ mark }) => mark),
  ];
  const rows = await sql.many(listedPost, WRITTEN_ALONE, values, 'insert-posts-alone');
  const byId = new Map(rows.map((row) => [row.id, row]));
  return asks.map(({ posts }) => posts.flatMap(({ id }) => byId.get(id) ?? []));
}

function asGiven(posts: readonly NewPost[], actor: string): object[] {
  return posts.map(({ content, due, ...post }) => ({
    ...post,
    ...content,
    isDue: due !== undefined,
    dueAt: due?.at ?? null,
    staleAfterMs: due?.staleAfterMs ?? null,
    media: keptIn(content.parts),
    by: actor,
  }));
}
