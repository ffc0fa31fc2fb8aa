import { soonOf } from '../domain/soon.ts';
import { mayShift, shiftedBehind } from '../domain/urgency.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { getPost } from '../store/post.ts';
import type { PostRow } from '../store/post.ts';
import { movePosts, sinceRead } from '../store/move-posts.ts';
import { lockTimes, takenTimes, waitingPosts } from '../store/post-times.ts';
import { distancesOf, neededSince } from './free-slot.ts';
import type { Alarm } from './schedule.ts';

/** Past its time by as much, a post is late: the claim refuses it, and the pace of its account puts it behind the news. */
const LATE_MS = 2_000;
/**
 * So many move before the approval is answered: of a chain without an end the next asks the account's pace when its turn has
 * come. Beside 10,000 posts a minute apart an approval took 1,670 ms while all of them moved.
 */
const MOST_SHIFTED = 100;
/** What stands behind so many others moves with none of those. */
const MOST_WAITING = 2_000;
/** News that goes out within this is news that goes out now. */
const AT_ONCE_MS = 60_000;
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
  const rules = await distancesOf(sql, post.accountId, timeZone);
  if (!mayShift(rules)) return [];
  const now = await readClock(sql);
  // What comes due in this moment waits too, and would leave with it; what is late already is refused.
  const isAtOnce = at.getTime() <= now.getTime() + AT_ONCE_MS;
  const from = new Date(isAtOnce ? now.getTime() - LATE_MS : at.getTime() - rules.minGapMs);
  const ahead = await waitingPosts(sql, post.accountId, from, MOST_WAITING);
  const waiting = ahead.filter((other) => other.id !== post.id);
  const hasCap = rules.hourlyCap !== null || rules.dailyCap !== null;
  const without = [post.id, ...waiting.map(({ id }) => id)];
  const page = { skip: 0, limit: MOST_TAKEN };
  const taken = hasCap ? await takenTimes(sql, post.accountId, neededSince(at, rules), page, without) : [];
  const moves = shiftedBehind(at, waiting, rules, taken);
  if (moves.length === 0) return [];
  const { looked, unlooked } = soonOf(moves, waiting, MOST_SHIFTED);
  const because = { actor, data: { behind: post.id } };
  const moved = await movePosts(sql, sinceRead(looked, waiting), because);
  // Only one that goes later than it is due is looked at when it wakes.
  const later = sinceRead(unlooked, waiting);
  if (later.length > 0) moved.push(...(await movePosts(sql, later, because, { keepDue: true, isLooked: false })));
  return moved.map(({ urgency, ...alarm }) => ({ ...alarm, isFirst: urgency === 'breaking' }));
}

/** The same for breaking news that comes back: it goes when it wakes now. Nothing moves for a post of any other kind. */
export async function overtakeAgain(sql: Sql, timeZone: string, postId: string, actor: string): Promise<Alarm[]> {
  const { accountId, urgency } = found(await getPost(sql, postId), 'post', postId);
  if (urgency !== 'breaking') return [];
  await lockTimes(sql, [accountId]);
  const post = await getPost(sql, postId);
  if (post?.state !== 'scheduled' || post.wakeAt === null) return [];
  return overtake(sql, timeZone, post, post.wakeAt, actor);
}
