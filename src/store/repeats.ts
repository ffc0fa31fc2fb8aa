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
const MOST = 100;

/**
 * Posts of an account that are out, were not removed, and hold one of these texts or traces of links (`tracesOf`), the newest
 * first. A superset: a longer address that holds one of them is found too.
 */
export function publishedWith(
  sql: Sql,
  accountId: string,
  exceptPostId: string,
  texts: readonly string[],
  traces: readonly string[],
): Promise<z.infer<typeof earlierRow>[]> {
  return sql.many(
    earlierRow,
    `SELECT post.id AS "postId", post.published_at AS "publishedAt", rev.parts, rev.link
       FROM standfirst.post AS post JOIN standfirst.post_revision AS rev ON rev.post_id = post.id AND rev.n = post.revision
      WHERE post.account_id = $1 AND post.id <> $2 AND post.state = 'published' AND post.removed_at IS NULL
        AND post.due_at > standfirst.clock() - make_interval(days => ${DAYS})
        AND (standfirst.text_keys(rev.parts) && ARRAY(SELECT standfirst.text_key(given) FROM unnest($3::text[]) AS given)
          OR EXISTS (SELECT 1 FROM unnest($4::text[]) AS given (trace)
                      WHERE strpos(rev.link, given.trace) > 0 OR strpos(rev.parts::text, given.trace) > 0))
      ORDER BY post.published_at DESC LIMIT ${MOST}`,
    [accountId, exceptPostId, texts, traces],
  );
}

/** Texts that would go out on an account at a time. */
export interface TwinAsk {
  readonly accountId: string;
  /** Their own post, which is no twin; null where it is not written yet. */
  readonly postId: string | null;
  readonly texts: readonly string[];
  readonly at: Date;
  /** Whether it matters what else goes out between a twin and `at`; elsewhere `isLast` is true. */
  readonly lastOnly: boolean;
}

const twinRow = z.object({
  ask: z.number(),
  where: z.string(),
  at: z.date(),
  isOut: z.boolean(),
  isLast: z.boolean(),
  texts: z.array(z.string()),
});

export type TwinRow = z.infer<typeof twinRow>;

const ON_ITS_WAY = `state IN ('published', 'scheduled', 'publishing', 'unknown')`;

/**
 * For each ask the posts that hold one of its texts and are out or on their way on its account, the nearest in time first. The
 * texts are looked up before anything else: where the database has no figures yet, it would rather read all posts. Which of
 * its texts a post holds is worked out last, once, for posts of the accounts asked about: one text often is on a hundred.
 */
export async function twinsWith(sql: Sql, asks: readonly TwinAsk[]): Promise<TwinRow[][]> {
  if (asks.length === 0) return [];
  const texts = asks.flatMap((ask, index) => ask.texts.map((text) => ({ ...ask, index, text })));
  const rows = await sql.many(
    twinRow,
    `WITH given AS MATERIALIZED (
       SELECT n, account_id, post_id, at, last_only, standfirst.text_key(words) AS key
         FROM unnest($1::int[], $2::text[], $3::text[], $4::timestamptz[], $5::boolean[], $6::text[])
              AS given (n, account_id, post_id, at, last_only, words)
     ), holder AS MATERIALIZED (
       SELECT post_id, n AS revision, parts FROM standfirst.post_revision
        WHERE standfirst.text_keys(parts) && ARRAY(SELECT key FROM given)
     ), near AS MATERIALIZED (
       SELECT post.*, holder.parts FROM holder
         CROSS JOIN LATERAL (SELECT * FROM standfirst.post WHERE post.id = holder.post_id AND post.revision = holder.revision
                             OFFSET 0) AS post
        WHERE post.account_id = ANY (ARRAY(SELECT account_id FROM given)) AND post.removed_at IS NULL AND post.${ON_ITS_WAY}
     ), has AS MATERIALIZED (
       SELECT near.id, key FROM near CROSS JOIN LATERAL unnest(standfirst.text_keys(near.parts)) AS key
     ), twin AS (
       SELECT DISTINCT given.n, given.at AS wanted, given.post_id AS own, given.last_only, near.id, near.account_id, near.state,
              near.parts, coalesce(near.published_at, near.wake_at, near.due_at) AS at
         FROM has JOIN near USING (id) JOIN given ON given.key = has.key AND given.account_id = near.account_id
        WHERE near.id IS DISTINCT FROM given.post_id
          AND near.due_at BETWEEN given.at - make_interval(days => ${DAYS}) AND given.at + make_interval(days => ${DAYS})
     )
     SELECT twin.n AS ask, twin.id AS where, twin.at, twin.state = 'published' AS "isOut",
            jsonb_path_query_array(twin.parts, '$[*].text') AS texts,
            NOT (twin.last_only AND EXISTS (
              SELECT FROM standfirst.post AS other
               WHERE other.account_id = twin.account_id AND other.id <> twin.id AND other.id IS DISTINCT FROM twin.own
                 AND other.${ON_ITS_WAY} AND other.removed_at IS NULL
                 AND other.due_at > least(twin.at, twin.wanted) AND other.due_at < greatest(twin.at, twin.wanted))) AS "isLast"
       FROM twin ORDER BY twin.n, abs(extract(epoch FROM twin.at - twin.wanted))`,
    [
      texts.map((given) => given.index),
      texts.map((given) => given.accountId),
      texts.map((given) => given.postId),
      texts.map((given) => given.at),
      texts.map((given) => given.lastOnly),
      texts.map((given) => given.text),
    ],
    'twins-with',
  );
  const byAsk = Map.groupBy(rows, ({ ask }) => ask);
  return asks.map((_, index) => byAsk.get(index) ?? []);
}
