import { z } from 'zod';
import type { Sql } from './database.ts';

const figures = z.object({
  sourceId: z.string(),
  /** The last 14 days in UTC, the oldest first; a first reading does not count. */
  days: z.array(z.object({ day: z.string(), items: z.number(), accepted: z.number() })),
  /** From when the feed says that an article came out to when it was on the desk; median of a week. */
  medianDelayMs: z.number().nullable(),
});
export type SourceFigures = z.infer<typeof figures>;

/** What sources brought lately. */
export function figuresOf(sql: Sql, sourceIds: readonly string[]): Promise<SourceFigures[]> {
  return sql.many(
    figures,
    `SELECT wanted.id AS "sourceId", spark.days, delay.median AS "medianDelayMs"
       FROM unnest($1::text[]) AS wanted (id)
       CROSS JOIN LATERAL (
         SELECT jsonb_agg(jsonb_build_object('day', to_char(day, 'YYYY-MM-DD'), 'items', coalesce(counted.items, 0),
                                             'accepted', coalesce(counted.accepted, 0)) ORDER BY day) AS days
           FROM generate_series(date_trunc('day', standfirst.clock() AT TIME ZONE 'UTC') - interval '13 days',
                                date_trunc('day', standfirst.clock() AT TIME ZONE 'UTC'), interval '1 day') AS day
           LEFT JOIN (
             SELECT date_trunc('day', created_at AT TIME ZONE 'UTC') AS at, count(*) AS items,
                    count(*) FILTER (WHERE outcome = 'accepted') AS accepted
               FROM standfirst.decision
              WHERE source_id = wanted.id AND outcome <> 'baseline' AND created_at > standfirst.clock() - interval '15 days' GROUP BY 1
           ) AS counted ON counted.at = day) AS spark
       CROSS JOIN LATERAL (
         SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(0, extract(epoch FROM article.ingested_at - since.at) * 1000)) AS median
           FROM standfirst.decision JOIN standfirst.article ON article.id = decision.article_id
           CROSS JOIN LATERAL (SELECT CASE WHEN decision.published_at ~ 'T.*(Z|[+-]\\d\\d:?\\d\\d)$'
                                           THEN decision.published_at::timestamptz ELSE decision.created_at END AS at) AS since
          WHERE decision.source_id = wanted.id AND decision.outcome = 'accepted' AND article.state = 'ready'
            AND article.ingested_at > standfirst.clock() - interval '7 days') AS delay`,
    [sourceIds],
  );
}
