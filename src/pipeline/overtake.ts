import { mayShift, shiftedBehind } from '../domain/urgency.ts';
import { getAccount } from '../store/account.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import type { PostRow } from '../store/post.ts';
import { movePosts, takenTimes, waitingPosts } from '../store/post-times.ts';
import { rulesFor } from './free-slot.ts';
import type { Alarm } from './schedule.ts';

/** News that goes out within this is news that goes out now. */
const AT_ONCE_MS = 60_000;
/** The caps look back a day of the account's calendar. */
const TAKEN_BEFORE_MS = 48 * 3_600_000;
const MOST_TAKEN = 20_000;

/**
 * Breaking news takes `at` on its account: what collides with it, or has no room beside it under the account's caps, moves behind.
 * @returns the alarms of what moved.
 */
export async function overtake(
  sql: Sql,
  timeZone: string,
  post: Pick<PostRow, 'id' | 'accountId' | 'urgency'>,
  at: Date,
  actor: string,
): Promise<Alarm[]> {
  if (post.urgency !== 'breaking') return [];
  const account = found(await getAccount(sql, post.accountId), 'account', post.accountId);
  const rules = await rulesFor(sql, account, timeZone);
  if (!mayShift(rules)) return [];
  const now = await readClock(sql);
  // What should have gone out by now waits too, and would leave in the same moment.
  const from = at.getTime() <= now.getTime() + AT_ONCE_MS ? null : new Date(at.getTime() - rules.minGapMs);
  const waiting = (await waitingPosts(sql, post.accountId, from)).filter((other) => other.id !== post.id);
  const hasCap = rules.hourlyCap !== null || rules.dailyCap !== null;
  const without = [post.id, ...waiting.map(({ id }) => id)];
  const since = new Date(at.getTime() - TAKEN_BEFORE_MS);
  const page = { skip: 0, limit: MOST_TAKEN };
  const taken = hasCap ? await takenTimes(sql, post.accountId, since, page, without) : [];
  const moves = shiftedBehind(at, waiting, rules, taken);
  if (moves.length === 0) return [];
  const moved = await movePosts(sql, moves, { actor, data: { behind: post.id } });
  return moved.map(({ postId, network, wake, at: later }) => ({ postId, network, wake, at: later, isFirst: false }));
}
