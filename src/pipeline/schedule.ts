import { Refusal } from '../domain/errors.ts';
import type { Urgency } from '../domain/post.ts';
import { nextFreeSlot } from '../domain/slot.ts';
import { worthlessAfterMs } from '../domain/urgency.ts';
import { getAccount } from '../store/account.ts';
import { found } from '../store/database.ts';
import { getPost } from '../store/post.ts';
import { setDue, setDueNow } from '../store/post-moves.ts';
import { takenTimes } from '../store/post-times.ts';
import type { Tools } from './tools.ts';

export type When = { readonly at: Date } | 'now' | 'next-slot';

/** A post due this far ahead gets its alarm at once; the rest waits in the database until the sweep brings it in. */
export const HORIZON_MS = 24 * 3_600_000;
/** A time this little in the past is a clock's difference or a slow hand, and means now. */
const PAST_SLACK_MS = 60_000;

/**
 * Gives an approved post its time and sets the alarm.
 * @throws Refusal where the time is past by more than a minute, the post is not approved, or it has moved on.
 */
export async function schedulePost(
  { database, bell, io }: Pick<Tools, 'database' | 'bell' | 'io'>,
  postId: string,
  version: number | null,
  when: When,
  actor: string,
): Promise<void> {
  const post = found(await getPost(database, postId), 'post', postId);
  const isFirst = post.urgency === 'breaking';
  if (when === 'now') {
    const wake = await database.transaction((sql) =>
      setDueNow(sql, postId, version, worthlessAfterMs[post.urgency], actor),
    );
    await bell.ring('publish', { postId, network: post.network, wake }, { first: isFirst });
    return;
  }
  const dueAt = when === 'next-slot' ? await freeSlot({ database, io }, post.accountId) : checked(when.at, io.now());
  const wake = await database.transaction((sql) =>
    setDue(sql, postId, version, { dueAt, staleAt: staleAt(dueAt, post.urgency) }, actor),
  );
  if (dueAt.getTime() - io.now().getTime() < HORIZON_MS) {
    await bell.ring('publish', { postId, network: post.network, wake }, { at: dueAt, first: isFirst });
  }
}

/** Job `schedule`: a post that needs no person takes the next free time of its account. Done before, it is a no-op. */
export async function scheduleApproved(tools: Pick<Tools, 'database' | 'bell' | 'io'>, postId: string): Promise<void> {
  const post = await getPost(tools.database, postId);
  if (post?.state !== 'approved' || post.dueAt !== null) return;
  await schedulePost(tools, postId, post.version, 'next-slot', 'policy');
}

async function freeSlot({ database, io }: Pick<Tools, 'database' | 'io'>, accountId: string): Promise<Date> {
  const account = found(await getAccount(database, accountId), 'account', accountId);
  const { minGapMs } = account.settings;
  const now = io.now();
  if (minGapMs === 0) return now;
  return nextFreeSlot(now, await takenTimes(database, accountId, new Date(now.getTime() - minGapMs)), minGapMs);
}

function checked(at: Date, now: Date): Date {
  if (at.getTime() < now.getTime() - PAST_SLACK_MS) {
    throw new Refusal(
      'invalid',
      `${at.toISOString()} is in the past (it is ${now.toISOString()}). Choose a later time, or publish now.`,
      [{ pointer: '/at', code: 'in-the-past', message: 'must be in the future' }],
    );
  }
  return at;
}

function staleAt(dueAt: Date, urgency: Urgency): Date {
  return new Date(dueAt.getTime() + worthlessAfterMs[urgency]);
}
