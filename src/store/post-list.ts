import { z } from 'zod';
import type { Sql } from './database.ts';
import { PLACED_BY_NAME } from './hold.ts';
import { IN_DOUBT } from './in-doubt.ts';
import { MATCHES } from './keeper.ts';
import { USUAL_PAGE } from './page.ts';
import type { PageRequest } from './page.ts';
import { narrowedBy } from './post-filter.ts';
import type { PostFilter } from './post-filter.ts';
import { PARTS_ONLINE } from './published.ts';
import { partSchema, postColumns, postFrom, postRow } from './post.ts';

export const listedPost = postRow.extend({
  /** The open holds that match: who placed each, and why. */
  heldBy: z.array(
    z.object({
      id: z.string(),
      scope: z.string(),
      target: z.string().nullable(),
      reason: z.string(),
      placedBy: z.string(),
      placedByName: z.string().nullable(),
      placedAt: z.coerce.date(),
    }),
  ),
  /** Where the house wants four eyes: whose words it says, as a person; null: nobody's here. */
  authorPerson: z.string().nullable(),
  isWorthless: z.boolean(),
  hasApprovalEnded: z.boolean(),
  /** It may be on its network already, and waits to be sent again as it is. */
  isInDoubt: z.boolean(),
  fourEyes: z.boolean(),
  /** Those that are on the network now, counted from 0. */
  partsOnline: z.array(z.number()),
  /** `dueAt` to the microsecond: what a cursor needs. */
  dueKey: z.string().nullable(),
});
export type ListedPost = z.infer<typeof listedPost>;

const HELD_BY = `(SELECT coalesce(jsonb_agg(jsonb_build_object('id', hold.id, 'scope', hold.scope, 'target', hold.target, 'reason', hold.reason,
    'placedBy', hold.placed_by, 'placedByName', ${PLACED_BY_NAME}, 'placedAt', hold.placed_at) ORDER BY hold.placed_at), '[]') FROM standfirst.hold WHERE ${MATCHES})`;

// Asked once for a statement, not for each row.
export const FOUR_EYES = `coalesce((SELECT (rules->>'fourEyes')::boolean FROM standfirst.house_rules ORDER BY version DESC LIMIT 1), false)`;

/** Over `post` and `rev`, its revision. */
export const listedColumns = `${postColumns}, ${HELD_BY} AS "heldBy", ${FOUR_EYES} AS "fourEyes",
  coalesce(post.worthless_after <= standfirst.clock(), false) AS "isWorthless",
  coalesce(post.approved_until <= standfirst.clock(), false) AS "hasApprovalEnded",
  post.state = 'scheduled' AND ${IN_DOUBT} AS "isInDoubt", ${PARTS_ONLINE} AS "partsOnline",
  CASE WHEN ${FOUR_EYES} THEN standfirst.author_of(post.id) END AS "authorPerson", replace(post.due_at::text, ' ', 'T') AS "dueKey"`;

export const postSorts = {
  // Ids are made in the order of time, so they are the order of creation.
  createdAt: { order: 'post.id', after: '>', isByDue: false },
  '-createdAt': { order: 'post.id DESC', after: '<', isByDue: false },
  dueAt: { order: 'post.due_at, post.id', after: '>', isByDue: true },
  '-dueAt': { order: 'post.due_at DESC, post.id DESC', after: '<', isByDue: true },
} as const;
export type PostSort = keyof typeof postSorts;

/** Posts that match, one page. Sorted by due time, those without one are left out. */
export function pagePosts(sql: Sql, filter: PostFilter, sort: PostSort, page: PageRequest): Promise<ListedPost[]> {
  const { order, isByDue } = postSorts[sort];
  const values: unknown[] = [];
  const asked = [
    narrowedBy(filter, values),
    ...(isByDue ? ['post.due_at IS NOT NULL'] : []),
    ...(page.after === null ? [] : [isAfter(page.after, sort, values)]),
  ];
  // The page that everybody opens is planned once for a connection; its number stands in it, or it would be planned anew.
  const isUsual = values.length === 0 && page.limit === USUAL_PAGE + 1;
  return sql.many(
    listedPost,
    `SELECT ${listedColumns} FROM ${postFrom}
      WHERE ${asked.join(' AND ')}
      ORDER BY ${order} LIMIT ${isUsual ? page.limit : `$${values.push(page.limit)}`}`,
    values,
    isUsual ? `posts-by-${sort}` : undefined,
  );
}

/** SQL for what comes after the last row of the page before; its sort values are added to `values`. */
function isAfter(keys: readonly (string | null)[], sort: PostSort, values: unknown[]): string {
  const { after, isByDue } = postSorts[sort];
  const [id = null, dueKey = null] = [...keys].reverse();
  if (!isByDue) return `post.id ${after} $${values.push(id)}`;
  return `(post.due_at, post.id) ${after} ($${values.push(dueKey)}::timestamptz, $${values.push(id)})`;
}

/** What a cursor of this order holds of a row, the id last. */
export function postKeys(row: ListedPost, sort: PostSort): (string | null)[] {
  return postSorts[sort].isByDue ? [row.dueKey, row.id] : [row.id];
}

export function getListedPost(sql: Sql, id: string): Promise<ListedPost | null> {
  return sql.one(listedPost, `SELECT ${listedColumns} FROM ${postFrom} WHERE post.id = $1`, [id], 'listed-post');
}

/** Several posts, in the order of their ids. */
export function getListedPosts(sql: Sql, ids: readonly string[]): Promise<ListedPost[]> {
  return sql.many(listedPost, `SELECT ${listedColumns} FROM ${postFrom} WHERE post.id = ANY ($1) ORDER BY post.id`, [
    ids,
  ]);
}

const revision = z.object({
  n: z.number(),
  parts: z.array(partSchema),
  link: z.string().nullable(),
  tags: z.array(z.string()),
  hash: z.string(),
  author: z.string().nullable(),
  createdAt: z.date(),
});

/** Every text a post ever had, oldest first. */
export function listRevisions(sql: Sql, postId: string): Promise<z.infer<typeof revision>[]> {
  return sql.many(
    revision,
    `SELECT n, parts, link, tags, hash, author, created_at AS "createdAt" FROM standfirst.post_revision WHERE post_id = $1 ORDER BY n`,
    [postId],
    'revisions-of-post',
  );
}
