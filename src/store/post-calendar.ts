import { z } from 'zod';
import { postStates } from '../domain/post.ts';
import type { Sql } from './database.ts';
import { narrowedBy } from './post-filter.ts';
import type { PostFilter } from './post-filter.ts';
import { postFrom } from './post.ts';

const bucketRow = z.object({
  /** Which stretch, from 1. */
  place: z.number(),
  count: z.number(),
  states: z.partialRecord(z.enum(postStates), z.number()),
  /** The first posts of it, in the order of their times. */
  ids: z.array(z.string()),
});
export type BucketRow = z.infer<typeof bucketRow>;

/**
 * How many posts are due in each of several stretches of time that follow each other; those without any are left out.
 * @param starts where each begins, in order, and last where the last ends.
 * @param most ids that each may have.
 */
export function countPosts(sql: Sql, filter: PostFilter, starts: readonly Date[], most: number): Promise<BucketRow[]> {
  const between = { ...filter, dueAfter: starts[0], dueBefore: starts.at(-1) };
  const values: unknown[] = [starts, most];
  const narrowed = narrowedBy(between, values);
  return sql.many(
    bucketRow,
    // The stretches are told in instants: which zones there are, the database need not know.
    `WITH due AS (
       SELECT post.id, post.state, post.due_at, width_bucket(post.due_at, $1::timestamptz[]) AS place FROM ${postFrom} WHERE ${narrowed}
     ), counted AS (
       SELECT place, sum(n)::int AS count, jsonb_object_agg(state, n) AS states
         FROM (SELECT place, state, count(*)::int AS n FROM due GROUP BY place, state) AS by_state GROUP BY place
     ), ranked AS (
       SELECT id, place, row_number() OVER (PARTITION BY place ORDER BY due_at, id) AS n FROM due
     )
     SELECT place, count, states,
            coalesce((SELECT array_agg(id ORDER BY n) FROM ranked WHERE ranked.place = counted.place AND n <= $2), '{}') AS ids
       FROM counted ORDER BY place`,
    values,
  );
}
