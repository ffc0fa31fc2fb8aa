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
        AND (EXISTS (SELECT 1 FROM jsonb_array_elements(rev.parts) AS part WHERE part ->> 'text' = ANY ($3::text[]))
          OR EXISTS (SELECT 1 FROM unnest($4::text[]) AS given (link)
                      WHERE rev.link = given.link OR strpos(rev.parts::text, given.link) > 0))
      ORDER BY post.published_at DESC LIMIT ${MOST}`,
    [accountId, exceptPostId, texts, links],
  );
}
