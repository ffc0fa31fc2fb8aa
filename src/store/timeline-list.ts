import type { PageRequest } from './page.ts';
import type { Sql } from './database.ts';
import type { TimelineRow } from './timeline.ts';
import { timelineRow } from './timeline.ts';

/** What the sandbox was sent, newest first. */
export function pageTimeline(sql: Sql, page: PageRequest, accountId: string | null): Promise<TimelineRow[]> {
  return sql.many(
    timelineRow,
    `SELECT id, account_id AS "accountId", text, card, reply_to AS "replyTo", created_at AS "createdAt" FROM standfirst.timeline
      WHERE removed_at IS NULL AND ($2::text IS NULL OR account_id = $2)
        AND ($3::text IS NULL OR (date_trunc('milliseconds', created_at), id) < ($3::timestamptz, $4))
      ORDER BY date_trunc('milliseconds', created_at) DESC, id DESC LIMIT $1`,
    [page.limit, accountId, page.after?.[0] ?? null, page.after?.[1] ?? null],
  );
}
