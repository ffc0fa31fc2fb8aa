import { Refusal } from '../domain/errors.ts';
import type { Fault } from '../domain/errors.ts';
import { worthlessAfterMs } from '../domain/urgency.ts';
import { getAccount } from '../store/account.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { getPost } from '../store/post.ts';
import type { PostRow } from '../store/post.ts';
import { setDue, setDueNow } from '../store/post-moves.ts';
import type { Woken } from '../store/post-moves.ts';
import { lockTimes } from '../store/post-times.ts';
import { getStory } from '../store/story.ts';
import { REFUSED } from '../text/repeats.ts';
import { freeSlot } from './free-slot.ts';
import { overtake } from './overtake.ts';
import { refuseBarred } from './refuse-barred.ts';
import { faultsAt, limitsOf } from './limits.ts';
import type { Tools } from './tools.ts';

/** `isStrict`: the time is refused where something speaks against it, instead of taken as a person's word. */
export type When =
  | { readonly at: Date; readonly isStrict?: boolean }
  | 'now'
  | 'next-slot'
  /** The next free slot at or after this. */
  | { readonly slotFrom: Date };

/** Whether it is a slot, which is one that is free. */
export function isSlot(when: When): when is 'next-slot' | { readonly slotFrom: Date } {
  return when === 'next-slot' || (typeof when !== 'string' && 'slotFrom' in when);
}

export type ScheduleTools = Pick<Tools, 'database' | 'bell' | 'io' | 'timeZone'>;

/** A post due this far ahead gets its alarm at once; the rest waits in the database until the sweep brings it in. */
export const HORIZON_MS = 24 * 3_600_000;
/** A time this little in the past is a clock's difference or a slow hand, and means now. */
const PAST_SLACK_MS = 60_000;

/** What to ring once the transaction that set it has committed. */
export interface Alarm {
  readonly postId: string;
  readonly network: string;
  readonly wake: number;
  readonly at: Date;
  readonly isFirst: boolean;
}

/**
 * Gives an approved post its time and sets the alarm.
 * @throws Refusal where the time is past by more than a minute, the post is not approved, or it has moved on; where the
 *   time is strict, also where anything speaks against it.
 */
export async function schedulePost(
  tools: ScheduleTools,
  postId: string,
  version: number | null,
  when: When,
  actor: string,
): Promise<void> {
  await ringAlarms(
    tools,
    await tools.database.transaction((sql) => giveTime(sql, tools, postId, version, when, actor)),
  );
}

/**
 * The same in the caller's transaction: a post and its time are written together or not at all. Breaking news takes its
 * time whatever is there, and what collides moves behind it.
 * @param by a person is refused a time at which the network would refuse the text, because it has it already, and one under an
 *   embargo that outlasts the post; a policy has nobody to tell, and the worker finds it.
 * @returns the alarms, for `ringAlarms` after the commit; the post's own first.
 */
export async function giveTime(
  sql: Sql,
  { io, timeZone }: Pick<Tools, 'io' | 'timeZone'>,
  postId: string,
  version: number | null,
  when: When,
  actor: string,
  by: 'person' | 'policy' = 'person',
): Promise<Alarm[]> {
  const post = found(await getPost(sql, postId), 'post', postId);
  const now = io.now();
  const staleAfterMs = worthlessAfterMs[post.urgency];
  if (isAmongOthers(post, when)) await lockTimes(sql, [post.accountId]);
  if (when === 'now') {
    refuseWorthless(post, now, now);
    if (by === 'person') await refuseOutlasted(sql, post);
    if (by === 'person') await refuseRepeated(sql, post, now);
    const woken = await setDueNow(sql, postId, version, staleAfterMs, actor);
    return [alarmOf(post, woken), ...(await overtake(sql, timeZone, post, woken.wakeAt, actor))];
  }
  const dueAt = isSlot(when) ? await slotFor(sql, timeZone, post, when) : checked(when.at, now);
  refuseWorthless(post, dueAt, now);
  if (by === 'person') await refuseOutlasted(sql, post);
  if (by === 'person') await refuseRepeated(sql, post, dueAt);
  if (!isSlot(when) && when.isStrict === true) await refuseBarred(sql, timeZone, post, dueAt, now);
  const woken = await setDue(sql, postId, version, { dueAt, staleAfterMs, from: post.dueAt }, actor);
  const shifted = isSlot(when) ? [] : await overtake(sql, timeZone, post, woken.wakeAt, actor);
  return [alarmOf(post, woken), ...shifted];
}

/** Whether its time looks at what else its account has, or moves it. */
function isAmongOthers({ urgency }: Pick<PostRow, 'urgency'>, when: When): boolean {
  return isSlot(when) || urgency === 'breaking' || (when !== 'now' && when.isStrict === true);
}

/** Before a post is changed that is given a time in the same transaction: who changes its story has the account, and waits for the post. */
export async function lockTimesFor(sql: Sql, postId: string, when: When): Promise<void> {
  const post = await getPost(sql, postId);
  if (post !== null && isAmongOthers(post, when)) await lockTimes(sql, [post.accountId]);
}

/** By the database's clock, as far as nothing else is said. */
async function slotFor(
  sql: Sql,
  timeZone: string,
  post: Pick<PostRow, 'accountId' | 'storyId'>,
  when: 'next-slot' | { readonly slotFrom: Date },
): Promise<Date> {
  const now = await readClock(sql);
  const from = when === 'next-slot' || when.slotFrom < now ? now : when.slotFrom;
  return freeSlot(sql, timeZone, post, from);
}

/** @throws Refusal where the account's network has one of the texts already, and would refuse it again at that time. */
export async function refuseRepeated(sql: Sql, post: PostRow, at: Date): Promise<void> {
  const account = found(await getAccount(sql, post.accountId), 'account', post.accountId);
  if (limitsOf(account).repeats === undefined) return;
  const all = await faultsAt(sql, { account, postId: post.id, parts: post.parts, at });
  const faults = all.filter(({ code }) => code === REFUSED);
  if (faults.length > 0) throw new Refusal('conflict', faults.map(({ message }) => message).join(' '), faults);
}

/** What a post may not outlast. */
type Bounded = Pick<PostRow, 'id' | 'worthlessAfter' | 'approvedUntil'>;

/** A time at which the post would be stale is refused now rather than told later. */
export function refuseWorthless(post: Bounded & { readonly state: string }, at: Date, now: Date): void {
  if (post.worthlessAfter !== null && post.worthlessAfter <= at) {
    throw new Refusal(
      'conflict',
      `Post ${post.id} is worthless after ${post.worthlessAfter.toISOString()}, so it cannot go out at ${at.toISOString()}. Set a later worthlessAfter, or choose an earlier time.`,
    );
  }
  if (post.approvedUntil !== null && post.approvedUntil <= at) {
    const out = `so it cannot go out at ${at.toISOString()}`;
    throw new Refusal(
      'conflict',
      post.approvedUntil <= now
        ? `The approval of post ${post.id} ended at ${post.approvedUntil.toISOString()}, ${out}. ${post.state === 'scheduled' ? 'Take its time away and have it approved again.' : 'Have it approved again.'}`
        : `The approval of post ${post.id} ends at ${post.approvedUntil.toISOString()}, ${out}. Choose an earlier time, or request changes and have it approved for longer.`,
    );
  }
}

/** @throws Refusal where the post is worthless, or its approval over, before its story's embargo ends: it could never go out. */
export async function refuseOutlasted(sql: Sql, post: Bounded & Pick<PostRow, 'storyId'>): Promise<void> {
  const ends = await embargoOf(sql, post);
  if (ends !== null) refuseOutlastedBy(post, ends);
}

/** The same where it is known when that embargo ends. */
export function refuseOutlastedBy(post: Bounded, ends: Date): void {
  const before = `before the embargo of its story ends at ${ends.toISOString()}.`;
  const orEarlier = 'an earlier end of the embargo.';
  if (post.worthlessAfter !== null && post.worthlessAfter <= ends) {
    const since = post.worthlessAfter.toISOString();
    throw new Refusal(
      'conflict',
      `Post ${post.id} is worthless after ${since}, ${before} Set a later worthlessAfter, or ${orEarlier}`,
    );
  }
  if (post.approvedUntil !== null && post.approvedUntil <= ends) {
    const until = post.approvedUntil.toISOString();
    throw new Refusal(
      'conflict',
      `The approval of post ${post.id} ends at ${until}, ${before} Have it approved for longer, or set ${orEarlier}`,
    );
  }
}

/** When the embargo of a post's story ends, or ended; null where there is none. */
export async function embargoOf(sql: Sql, { storyId }: Pick<PostRow, 'storyId'>): Promise<Date | null> {
  const story = storyId === null ? null : await getStory(sql, storyId);
  return story?.embargoUntil ?? null;
}

export function alarmOf(post: Pick<PostRow, 'id' | 'network' | 'urgency'>, { wake, wakeAt }: Woken): Alarm {
  return { postId: post.id, network: post.network, wake, at: wakeAt, isFirst: post.urgency === 'breaking' };
}

/** Rings for what is due within the horizon. Nothing is lost where it cannot: the sweep rings again. */
export async function ringAlarms({ bell, io }: Pick<Tools, 'bell' | 'io'>, alarms: readonly Alarm[]): Promise<void> {
  const until = io.now().getTime() + HORIZON_MS;
  const near = alarms.filter(({ at }) => at.getTime() < until);
  await bell.ringMany(
    'publish',
    near.map(({ postId, network, wake, at, isFirst }) => ({
      payload: { postId, network, wake },
      how: { at, first: isFirst },
    })),
  );
}

/** Job `schedule`: a post that needs no person takes the next free time of its account, breaking news now. Done before, it is a no-op. */
export async function scheduleApproved(tools: ScheduleTools, postId: string): Promise<void> {
  const post = await getPost(tools.database, postId);
  if (post?.state !== 'approved' || post.dueAt !== null) return;
  const when = post.urgency === 'breaking' ? 'now' : 'next-slot';
  await ringAlarms(
    tools,
    await tools.database.transaction((sql) => giveTime(sql, tools, postId, post.version, when, 'policy', 'policy')),
  );
}

function checked(at: Date, now: Date): Date {
  const [fault] = timeFaults({ at }, null, now);
  if (fault !== undefined) throw new Refusal('invalid', fault.message, [{ ...fault, pointer: '/at' }]);
  return at;
}

/** What is wrong with a time before anything is written: it is past by more than a minute, or the post is worthless by then. */
export function timeFaults(when: When, worthlessAfter: Date | null, now: Date): Fault[] {
  // A slot is free from now on at the earliest, whatever is given.
  const at = typeof when === 'string' || isSlot(when) ? now : when.at;
  if (at.getTime() < now.getTime() - PAST_SLACK_MS) {
    const message = `${at.toISOString()} is in the past (it is ${now.toISOString()}). Choose a later time, or publish now.`;
    return [{ pointer: '/schedule/at', code: 'in-the-past', message }];
  }
  if (worthlessAfter !== null && worthlessAfter <= at) {
    const message = `${worthlessAfter.toISOString()} is not after the time of the post, ${at.toISOString()}: it would be stale at once.`;
    return [{ pointer: '/worthlessAfter', code: 'before-its-time', message }];
  }
  return [];
}
