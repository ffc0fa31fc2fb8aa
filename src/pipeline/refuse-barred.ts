import type { BarKind, Barred } from '../domain/barred.ts';
import { Refusal } from '../domain/errors.ts';
import type { Sql } from '../store/database.ts';
import type { PostRow } from '../store/post.ts';
import { lockTimes } from '../store/post-times.ts';
import { timesOf } from './slot-plan.ts';

const DAY_MS = 86_400_000;

/**
 * For a time that nobody insists on. Until the transaction ends, nobody else chooses a time on the account.
 * @throws Refusal `conflict` that names everything that speaks against the time, and until when.
 */
export async function refuseBarred(
  sql: Sql,
  timeZone: string,
  post: Pick<PostRow, 'id' | 'accountId' | 'storyId' | 'worthlessAfter' | 'approvedUntil'>,
  at: Date,
  now: Date,
): Promise<void> {
  await lockTimes(sql, [post.accountId]);
  // Seen from a day away on both sides, so that the sentence can say how long it lasts.
  const [from, to] = [new Date(at.getTime() - DAY_MS), new Date(at.getTime() + DAY_MS)];
  const { barred } = await timesOf(sql, post, { from, to, now, timeZone });
  // A little past is now: the caller has seen to that.
  const bars = barred.filter((bar) => bar.by !== 'past' && bar.from <= at && at < bar.to);
  if (bars.length === 0) return;
  const message = `${at.toISOString()} is not free for post ${post.id}: ${bars.map(words).join('; ')}. Choose another time, or leave out strict to insist on it.`;
  throw new Refusal(
    'conflict',
    message,
    bars.map((bar) => ({ pointer: '', code: bar.by, message: words(bar) })),
  );
}

function words({ by, from, to }: Barred): string {
  const [first, last] = [from.toISOString(), to.toISOString()];
  const said: Record<BarKind, string> = {
    past: `it is past until ${last}`,
    embargo: `its story is under embargo until ${last}`,
    worthless: `it is worthless from ${first} on`,
    'approval-ended': `its approval ends at ${first}`,
    'quiet-hours': `its account has quiet hours from ${first} to ${last}`,
    gap:
      to.getTime() - from.getTime() === 1
        ? `another post of its account has this moment`
        : `another post of its account is nearer than the gap from ${first} to ${last}`,
    'hourly-cap': `its account may send no more within an hour from ${first} to ${last}`,
    'daily-cap': `its account may send no more on the day from ${first} to ${last}`,
  };
  return said[by];
}
