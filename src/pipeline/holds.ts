import { Refusal } from '../domain/errors.ts';
import { isUnbound } from '../domain/slot-rules.ts';
import type { SlotRules } from '../domain/slot-rules.ts';
import { networks } from '../networks/registry.ts';
import { getAccount } from '../store/account.ts';
import { found, readClock } from '../store/database.ts';
import { doubtWhatIsDue, RESTORE } from '../store/doubt.ts';
import type { Sql } from '../store/database.ts';
import { saysNothing } from '../store/held-word.ts';
import {
  accountsUnderHold,
  dropDueUnderHold,
  dueUnderHold,
  getHold,
  liftHold,
  placeHold,
  shiftByHold,
} from '../store/hold.ts';
import type { HoldRow, Released, Resume } from '../store/hold.ts';
import { getPost } from '../store/post.ts';
import { lockTimes, waitingAmong } from '../store/post-times.ts';
import { getStory } from '../store/story.ts';
import { rulesFor } from './free-slot.ts';
import { overtake } from './overtake.ts';
import { queueUp } from './pace.ts';
import { ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';
import type { Tools } from './tools.ts';

export interface HoldRequest {
  readonly scope: HoldRow['scope'];
  /** What it is about; null for everything. */
  readonly target: string | null;
  readonly reason: string;
}

/**
 * Holds publishing back. Once this has answered, no request of a matching post leaves.
 * @throws Refusal where there is no such account or network, or the word has nothing to look for.
 */
export async function hold(
  { database, io }: Pick<Tools, 'database' | 'io'>,
  { scope, target, reason }: HoldRequest,
  actor: string,
): Promise<HoldRow> {
  if (scope === 'account') {
    const account = await getAccount(database, target ?? '');
    if (account === null) throw noTarget('not-found', `There is no account ${target}.`);
  }
  if (scope === 'story' && (await getStory(database, target ?? '')) === null)
    throw noTarget('not-found', `There is no story ${target}.`);
  if (scope === 'post' && (await getPost(database, target ?? '')) === null)
    throw noTarget('not-found', `There is no post ${target}.`);
  if (scope === 'network' && !networks.some((network) => network.profile.id === target)) {
    const known = networks.map((network) => network.profile.id).join(', ');
    throw noTarget('unknown-network', `There is no network ${target}; known are ${known}.`);
  }
  if (scope === 'word' && (await saysNothing(database, target ?? ''))) {
    const message = `"${target}" has nothing to look for: a hold on a word needs a letter, a number or a sign that is read.`;
    throw noTarget('nothing-to-look-for', message);
  }
  return database.transaction((sql) => placeHold(sql, { id: io.id('hold'), scope, target, reason }, actor));
}

function noTarget(code: string, message: string): Refusal {
  return new Refusal('invalid', message, [{ pointer: '/target', code, message }]);
}

const MAY_BE_OUT = 'It came due while a restore held it, and the installation before may have sent it.';

/**
 * Lifts a hold. After a restore, what came due under it is looked up and never just sent. What it kept back, and no other hold does, goes on:
 * - `as-planned`: what came due meanwhile goes out now, breaking news and the oldest first, by the account's gap and caps; what is
 *   past its worth is stale, as ever;
 * - `shift`: what had its time before the hold moves by as long as it lasted, and further where the account's quiet hours, gap
 *   or caps speak against that, or is stale where it is worthless by then;
 * - `drop-stale`: what came due meanwhile is stale; the rest keeps its time.
 * @throws Refusal where there is no such hold, or it was lifted before.
 */
export async function lift(tools: ScheduleTools, id: string, resume: Resume, actor: string): Promise<HoldRow> {
  const { lifted, alarms } = await tools.database.transaction(async (sql) => {
    const row = await liftHold(sql, id, actor, resume);
    if (row === null) {
      const known = found(await getHold(sql, id), 'hold', id);
      throw new Refusal('conflict', `Hold ${id} was lifted at ${known.liftedAt?.toISOString()} by ${known.liftedBy}.`);
    }
    // Until now the installation that the backup was made of may have gone on sending.
    if (row.placedBy === RESTORE) await doubtWhatIsDue(sql, MAY_BE_OUT, () => tools.io.id('attempt'), row.placedAt);
    return { lifted: row, alarms: await goOn(sql, tools, row, resume, actor) };
  });
  await ringAlarms(tools, alarms);
  return lifted;
}

async function goOn(sql: Sql, tools: ScheduleTools, row: HoldRow, resume: Resume, actor: string): Promise<Alarm[]> {
  if (resume === 'drop-stale') {
    await dropDueUnderHold(sql, row, actor);
    return [];
  }
  // Nobody else chooses a time there until these have theirs.
  await lockTimes(sql, await accountsUnderHold(sql, row));
  const shifted = resume === 'shift' ? (await shiftByHold(sql, row, actor)).map(alarmOf) : [];
  const byAccount = Map.groupBy(await dueUnderHold(sql, row), (post) => post.accountId);
  const spread: Alarm[] = [];
  for (const [accountId, posts] of byAccount)
    spread.push(...(await spreadOut(sql, tools, accountId, posts, row, actor)));
  const isSpread = new Set(spread.map((alarm) => alarm.postId));
  const planned = shifted.filter((alarm) => !isSpread.has(alarm.postId));
  const later = await fitIn(sql, tools, planned, row, actor);
  const behind = await overtaken(sql, tools, planned, actor);
  // Of those that moved twice the last time counts.
  const alarms = [...spread, ...planned, ...later, ...behind];
  return [...new Map(alarms.map((alarm) => [alarm.postId, alarm])).values()];
}

/** Breaking news that was shifted takes its time as if it were scheduled now: what has its time there goes behind it. */
async function overtaken(
  sql: Sql,
  { timeZone }: ScheduleTools,
  shifted: readonly Alarm[],
  actor: string,
): Promise<Alarm[]> {
  const alarms: Alarm[] = [];
  for (const { postId: id, at } of shifted.filter(({ isFirst }) => isFirst)) {
    const { accountId, urgency } = found(await getPost(sql, id), 'post', id);
    alarms.push(...(await overtake(sql, timeZone, { id, accountId, urgency }, at, actor)));
  }
  return alarms;
}

/**
 * A time that a hold has shifted is no longer what a person chose: it keeps out of quiet hours, and apart from what stands
 * there. Breaking news moves for nothing.
 * @returns alarms of those that go later for it.
 */
async function fitIn(
  sql: Sql,
  tools: ScheduleTools,
  shifted: readonly Alarm[],
  row: HoldRow,
  actor: string,
): Promise<Alarm[]> {
  const calm = shifted.filter(({ isFirst }) => !isFirst).map(({ postId }) => postId);
  const byAccount = Map.groupBy(await waitingAmong(sql, calm), (post) => post.accountId);
  const because = { actor, data: { hold: row.id } };
  const now = await readClock(sql);
  const later: Alarm[] = [];
  for (const [accountId, posts] of byAccount) {
    const rules = await distances(sql, tools, accountId);
    if (isUnbound(rules)) continue;
    const queued = posts.map((post) => ({ ...post, from: post.wakeAt, isApart: true }));
    const how = { first: 'as-the-others', others: 'stay' } as const;
    later.push(...(await queueUp(sql, accountId, queued, rules, now, because, how)));
  }
  return later;
}

/** The rules of an account for posts that had their slots: now it is about the distance between them. */
async function distances(sql: Sql, { timeZone }: ScheduleTools, accountId: string): Promise<SlotRules> {
  const account = found(await getAccount(sql, accountId), 'account', accountId);
  return { ...(await rulesFor(sql, account, timeZone)), slots: [] };
}

/** What has waited leaves one after the other, never in a burst that the account's rules forbid. */
async function spreadOut(
  sql: Sql,
  tools: ScheduleTools,
  accountId: string,
  posts: readonly Released[],
  row: HoldRow,
  actor: string,
): Promise<Alarm[]> {
  const now = await readClock(sql);
  const rules = await distances(sql, tools, accountId);
  if (isUnbound(rules)) {
    return posts.map(({ id, network, wake, urgency }) => alarmOf({ postId: id, network, wake, urgency, at: now }));
  }
  return queueUp(sql, accountId, posts, rules, now, { actor, data: { hold: row.id } });
}

function alarmOf(post: { postId: string; network: string; wake: number; at: Date; urgency: string }): Alarm {
  const { postId, network, wake, at, urgency } = post;
  return { postId, network, wake, at, isFirst: urgency === 'breaking' };
}
