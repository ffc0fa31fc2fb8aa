import type { Sql } from './database.ts';
import { WAKE } from './embargo.ts';
import { recordEvent } from './event.ts';
import { move } from './post.ts';
import type { Moved } from './post.ts';

/** What of a post goes on after a person has settled it: it is due this instant, and has an hour at least. */
const GO_ON = `state = 'scheduled', wake_at = ${WAKE('standfirst.clock()')}, apart_at = standfirst.clock(), wake = post.wake + 1, claims = 0, failure = NULL,
          stale_at = least(greatest(post.stale_at, ${WAKE('standfirst.clock()')} + interval '1 hour'), post.worthless_after, post.approved_until)`;

/**
 * A person has seen it on the network (`there`) or that it is not there. Settles the open attempt with the post, which goes
 * on with its next part where there `isMore`.
 */
export async function settleByPerson(
  sql: Sql,
  id: string,
  version: number | null,
  verdict: { there: true; url: string | null; isMore: boolean } | { there: false },
  actor: string,
): Promise<Moved> {
  if (verdict.there) {
    const end = `state = 'published', failure = NULL, published_at = standfirst.clock()`;
    const moved = await move(sql, id, 'markPublished', version, {
      set: `${verdict.isMore ? GO_ON : end}, url = coalesce($4, post.url)`,
      values: [verdict.url],
    });
    await sql.run(
      `UPDATE standfirst.attempt SET phase = 'published', url = coalesce($2, url), ended_at = standfirst.clock(), check_at = NULL
        WHERE post_id = $1 AND phase = 'unknown'`,
      [id, verdict.url],
    );
    await recordEvent(sql, {
      type: verdict.isMore ? 'post.retried' : 'post.published',
      subject: id,
      actor,
      data: { url: verdict.url, settledBy: 'person' },
      changed: moved.changed,
    });
    return moved;
  }
  const moved = await move(sql, id, 'sendAgain', version, { set: GO_ON });
  await sql.run(
    `UPDATE standfirst.attempt SET phase = 'absent', ended_at = coalesce(ended_at, standfirst.clock()), check_at = NULL, failure = failure - 'unasked'
      WHERE post_id = $1 AND (phase = 'unknown' OR failure ? 'unasked')`,
    [id],
  );
  const { changed } = moved;
  await recordEvent(sql, { type: 'post.retried', subject: id, actor, data: { settledBy: 'person' }, changed });
  return moved;
}
