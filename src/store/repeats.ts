import { z } from 'zod';
import type { Sql } from './database.ts';
import { partSchema } from './post.ts';

const earlierRow = z.object({
  postId: z.string(),
  publishedAt: z.date(),
  parts: z.array(partSchema),
  link: z.string().nullable(),
});

/** Older ones are nobody's news any more. */
const DAYS = 90;
const MOST = 20;

/**
 * Posts of an account that are out, were not removed, and hold one of these texts or links, the newest first. A superset:
 * a longer address that begins with one of the links is found too.
 */
export function publishedWith(
  sql: Sql,
  accountId: string,
  exceptPostId: string,
  texts: readonly string[],
  links: readonly string[],
): Promise<z.infer<typeof earlierRow>[]> {
  return sql.many(
    earlierRow,
    `SELECT post.id AS "postId", post.published_at AS "publishedAt", rev.parts, rev.link
       FROM standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
      WHERE post.account_id = $1 AND post.id <> $2 AND post.state = 'published' AND post.removed_at IS NULL
        AND post.due_at > standfirst.clock() - make_interval(days => ${DAYS})
        AND (standfirst.text_keys(rev.parts) && ARRAY(SELECT standfirst.text_key(given) FROM unnest($3::text[]) AS given)
          OR EXISTS (SELECT 1 FROM unnest($4::text[]) AS given (link)
                      WHERE rev.link = given.link OR strpos(rev.parts::text, given.link) > 0))
      ORDER BY post.published_at DESC LIMIT ${MOST}`,
    [accountId, exceptPostId, texts, links],
  );
}

/** Texts that would go out on an account at a time. */
export interface TwinAsk {
  readonly accountId: string;
  /** Their own post, which is no twin; null where it is not written yet. */
  readonly postId: string | null;
  readonly texts: readonly string[];
  readonly at: Date;
}

const twinRow = z.object({
  ask: z.number(),
  where: z.string(),
  at: z.date(),
  isOut: z.boolean(),
  isLast: z.boolean(),
  texts: z.array(z.string()),
});

const ON_ITS_WAY = `state IN ('published', 'scheduled', 'publishing', 'unknown')`;

/** For each ask the posts that hold one of its texts and are out or on their way on its account, the nearest in time first. */
export async function twinsWith(sql: Sql, asks: readonly TwinAsk[]): Promise<z.infer<typeof twinRow>[][]> {
  if (asks.length === 0) return [];
  const texts = asks.flatMap((ask, index) => ask.texts.map((text) => ({ index, text })));
  const rows = await sql.many(
    twinRow,
    `WITH ask AS (
       SELECT account_id, post_id, at, n::int - 1 AS n
         FROM unnest($1::text[], $2::text[], $3::timestamptz[]) WITH ORDINALITY AS ask (account_id, post_id, at, n)
     ), given AS (
       SELECT n, standfirst.text_key(words) AS key FROM unnest($4::int[], $5::text[]) AS given (n, words)
     ), twin AS (
       SELECT DISTINCT ask.n, ask.at AS wanted, ask.post_id AS own, post.id, post.account_id, post.state, rev.parts,
              coalesce(post.published_at, post.wake_at, post.due_at) AS at
         FROM ask JOIN given ON given.n = ask.n
         JOIN standfirst.post_revision AS rev ON standfirst.text_keys(rev.parts) @> ARRAY[given.key]
         JOIN standfirst.post AS post ON post.id = rev.post_id AND post.revision = rev.n
        WHERE post.account_id = ask.account_id AND post.id IS DISTINCT FROM ask.post_id AND post.removed_at IS NULL
          AND post.${ON_ITS_WAY} AND post.due_at BETWEEN ask.at - make_interval(days => ${DAYS}) AND ask.at + make_interval(days => ${DAYS})
     )
     SELECT twin.n AS ask, twin.id AS where, twin.at, twin.state = 'published' AS "isOut",
            jsonb_path_query_array(twin.parts, '$[*].text') AS texts,
            NOT EXISTS (SELECT FROM standfirst.post AS other
                         WHERE other.account_id = twin.account_id AND other.id <> twin.id AND other.id IS DISTINCT FROM twin.own
                           AND other.${ON_ITS_WAY} AND other.removed_at IS NULL
                           AND other.due_at > least(twin.at, twin.wanted) AND other.due_at < greatest(twin.at, twin.wanted)) AS "isLast"
       FROM twin ORDER BY twin.n, abs(extract(epoch FROM twin.at - twin.wanted))`,
    [
      asks.map((ask) => ask.accountId),
      asks.map((ask) => ask.postId),
      asks.map((ask) => ask.at),
      texts.map(({ index }) => index),
      texts.map(({ text }) => text),
    ],
    'twins-with',
  );
  return asks.map((_, index) => rows.filter(({ ask }) => ask === index));
}
