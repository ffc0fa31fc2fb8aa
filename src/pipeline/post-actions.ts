import { Refusal } from '../domain/errors.ts';
import type { Part } from '../domain/post.ts';
import { refusePast, refuseTooFar } from '../domain/wall-time.ts';
import { worthlessAfterMs } from '../domain/urgency.ts';
import type { Found } from '../networks/network.ts';
import { priceOf } from '../networks/price.ts';
import { networkOf } from '../networks/registry.ts';
import { getAccount } from '../store/account.ts';
import { listAttempts } from '../store/attempt.ts';
import { recordCost } from '../store/cost.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { takeToPerson } from '../store/in-doubt.ts';
import { getPost, revisePost } from '../store/post.ts';
import type { Content, PostRow } from '../store/post.ts';
import { lockPosts, lockTimes } from '../store/post-times.ts';
import { approvePost, retryPost, setWorthlessAfter } from '../store/post-moves.ts';
import { settleByPerson } from '../store/settle-doubt.ts';
import { absentImages } from './absent-images.ts';
import { altTextFaults } from './alt-text.ts';
import { bindImages, keepForApproval } from './approved-images.ts';
import { composed, contentOf } from './content.ts';
import { refuseOwnWords } from './four-eyes.ts';
import { faultsAt } from './limits.ts';
import { cardImageFaults, keptOf, missingFaults, shapeFaults } from './media.ts';
import { nothingToSend } from './nothing-to-send.ts';
import { overtakeAgain } from './overtake.ts';
import { reconcile } from './reconcile.ts';
import {
  alarmOf,
  embargoOf,
  giveTime,
  lockTimesFor,
  refuseOutlasted,
  refuseRepeated,
  refuseWorthless,
  ringAlarms,
} from './schedule.ts';
import type { ScheduleTools, When } from './schedule.ts';
import { isWhole } from './send.ts';
import { refuseUnseen } from './sensitive.ts';
import type { Tools } from './tools.ts';

type ActionTools = ScheduleTools;
type EditTools = ActionTools & Pick<Tools, 'http'>;

/**
 * New text for a post, which goes back to review: an approval binds what was seen; and when it is worthless, null: by its
 * urgency. Both where both are given, or neither.
 * @throws Refusal where the text is not one for its account, or the post is worthless already, or before it can go.
 */
export async function changePost(
  tools: EditTools,
  id: string,
  version: number | null,
  {
    worthlessAfter,
    parts,
  }: { readonly worthlessAfter?: Date | null | undefined; readonly parts?: readonly Part[] | undefined },
  actor: string,
): Promise<PostRow> {
  const staleAfterMs = worthlessAfter === undefined ? null : await checkedWorth(tools, id, worthlessAfter);
  const content = parts === undefined ? null : await checkedText(tools, id, parts);
  return tools.database.transaction(async (sql) => {
    let seen = version;
    if (worthlessAfter !== undefined && staleAfterMs !== null) {
      await setWorthlessAfter(sql, id, version, worthlessAfter, staleAfterMs, actor);
      seen = version === null ? null : version + 1;
    }
    if (content !== null) await revisePost(sql, id, seen, content, actor);
    return found(await getPost(sql, id), 'post', id);
  });
}

async function checkedText(tools: EditTools, id: string, parts: readonly Part[]): Promise<Content> {
  const post = found(await getPost(tools.database, id), 'post', id);
  const account = found(await getAccount(tools.database, post.accountId), 'account', post.accountId);
  const at = post.dueAt ?? tools.io.now();
  const kept = await keptOf(tools.database, parts);
  const faults = [
    ...(await faultsAt(tools.database, { account, postId: id, parts, at })),
    ...missingFaults(kept, parts),
    ...shapeFaults(kept, parts, account),
    ...cardImageFaults(parts, account),
    ...(await absentImages(tools, parts, post.parts)),
  ];
  if (faults.length > 0) throw new Refusal('invalid', faults.map((fault) => fault.message).join(' '), faults);
  const { link, tags, lang } = post;
  return contentOf(post.accountId, { parts: parts.map(composed), link, tags, lang });
}

/**
 * Approves, and gives a time where one is wanted: both or neither.
 * @param options `until`: the approval's latest time, past which the post is stale; `isSeen`: a person has looked at what it
 * names, which is asked where the house calls some of it sensitive; `hash`: of the text that was seen, null where nobody says.
 */
export async function approve(
  tools: ActionTools & Pick<Tools, 'http'>,
  id: string,
  version: number | null,
  when: When | null,
  actor: string,
  {
    until = null,
    isSeen = false,
    hash = null,
  }: { readonly until?: Date | null; readonly isSeen?: boolean; readonly hash?: string | null } = {},
): Promise<void> {
  if (until !== null) {
    refusePast(until, tools.io.now(), '/until');
    refuseTooFar(until, tools.io.now(), '/until');
  }
  await refuseUnfit(tools.database, id);
  const images = await keepForApproval(tools, id);
  const alarms = await tools.database.transaction(async (sql) => {
    if (when !== null) await lockTimesFor(sql, id, when);
    await approvePost(sql, id, version, actor, until);
    if (hash !== null) await refuseOtherWords(sql, id, hash);
    await bindImages(sql, id, images);
    await refuseOwnWords(sql, id, actor);
    if (!isSeen) await refuseUnseen(sql, id);
    return when === null ? [] : giveTime(sql, tools, id, null, when, actor);
  });
  await ringAlarms(tools, alarms);
}

/** @throws Refusal stale-version where the post, whose row is locked by now, does not say what was seen. */
async function refuseOtherWords(sql: Sql, id: string, hash: string): Promise<void> {
  if (found(await getPost(sql, id), 'post', id).hash === hash) return;
  const sentence = `The text of post ${id} is not the one with the hash ${hash.slice(0, 12)}…: somebody changed it. Read it again.`;
  throw new Refusal('stale-version', sentence);
}

/** @throws Refusal where there is nothing to send, or an image lacks the description that the house asks for. */
async function refuseUnfit(sql: Sql, id: string): Promise<void> {
  const post = await getPost(sql, id);
  const account = post === null ? null : await getAccount(sql, post.accountId);
  if (post === null || account === null) return;
  const { rules } = await getHouseRules(sql);
  const empty = nothingToSend(post.parts, account);
  const faults = [...(empty === null ? [] : [empty]), ...altTextFaults(post.parts, account, rules)];
  if (faults.length > 0) throw new Refusal('conflict', faults.map((fault) => fault.message).join(' '), faults);
}

/** @returns how long the post is worth something by its urgency. */
async function checkedWorth(tools: Pick<Tools, 'database' | 'io'>, id: string, at: Date | null): Promise<number> {
  const now = tools.io.now();
  if (at !== null && at <= now) {
    const message = `${at.toISOString()} is in the past (it is ${now.toISOString()}): cancel the post instead.`;
    throw new Refusal('invalid', message, [{ pointer: '/worthlessAfter', code: 'in-the-past', message }]);
  }
  const post = found(await getPost(tools.database, id), 'post', id);
  if (at !== null) await refuseTooEarly(tools.database, post, at);
  return worthlessAfterMs[post.urgency];
}

async function refuseTooEarly(sql: Sql, post: PostRow, at: Date): Promise<void> {
  if (post.state !== 'scheduled' || post.dueAt === null) return;
  const ends = (await embargoOf(sql, post))?.getTime() ?? 0;
  const out = new Date(Math.max(post.dueAt.getTime(), post.wakeAt?.getTime() ?? 0, ends));
  if (at > out) return;
  const message = `${at.toISOString()} is not after the time at which the post can go out, ${out.toISOString()}: it would be stale at once.`;
  throw new Refusal('invalid', message, [{ pointer: '/worthlessAfter', code: 'before-its-time', message }]);
}

/** Tries a failed or stale post again now. */
export async function retry(tools: ActionTools, id: string, version: number | null, actor: string): Promise<void> {
  const post = found(await getPost(tools.database, id), 'post', id);
  refuseWorthless(post, tools.io.now(), tools.io.now());
  await refuseOutlasted(tools.database, post);
  await refuseRepeated(tools.database, post, tools.io.now());
  const alarms = await tools.database.transaction(async (sql) => {
    if (post.urgency === 'breaking') await lockTimes(sql, [post.accountId]);
    const woken = await retryPost(sql, id, version, worthlessAfterMs[post.urgency], actor);
    return [alarmOf(post, woken), ...(await overtakeAgain(sql, tools.timeZone, id, actor))];
  });
  await ringAlarms(tools, alarms);
}

/** A person says what became of a post in doubt. Of a thread that is the part in doubt: the ones after it go out then. */
export async function settle(
  tools: ActionTools,
  id: string,
  version: number | null,
  verdict: { there: true; url: string | null } | { there: false },
  actor: string,
): Promise<void> {
  const post = found(await getPost(tools.database, id), 'post', id);
  const network = networkOf(post.network);
  // A thread that answers another post goes out part by part; taken for one request it is cut short, but never out twice.
  const isAll = (part: number): boolean => isWhole(network, { parts: post.parts, replyTo: null }, part);
  const alarms = await tools.database.transaction(async (sql) => {
    if (post.urgency === 'breaking') await lockTimes(sql, [post.accountId]);
    const seen = (await isTakenToPerson(sql, id, version)) ? null : version;
    const inDoubt = (await listAttempts(sql, id)).filter((attempt) => attempt.phase === 'unknown');
    const isMore = inDoubt.some(({ part }) => part < post.parts.length - 1 && !isAll(part));
    const moved = await settleByPerson(sql, id, seen, verdict.there ? { ...verdict, isMore } : verdict, actor);
    for (const { id: attemptId, part } of verdict.there ? inDoubt : []) {
      const price = priceOf(network.profile, post.parts.slice(part, isAll(part) ? undefined : part + 1));
      await recordCost(sql, attemptId, post.accountId, price);
    }
    const { wake, wakeAt } = moved;
    if (wakeAt === null || (verdict.there && !isMore)) return [];
    return [alarmOf(post, { wake, wakeAt }), ...(await overtakeAgain(sql, tools.timeZone, id, actor))];
  });
  await ringAlarms(tools, alarms);
}

/** Whether it waited to be sent again, on the version the caller saw, and is the person's now. */
async function isTakenToPerson(sql: Sql, id: string, version: number | null): Promise<boolean> {
  await lockPosts(sql, [id]);
  const post = await getPost(sql, id);
  return post?.state === 'scheduled' && (version === null || post.version === version) && takeToPerson(sql, id);
}

/** Looks an unknown post up on its network now. @throws Refusal where nothing is in doubt. */
export async function checkOnNetwork(tools: Parameters<typeof reconcile>[0], id: string): Promise<Found> {
  const post = found(await getPost(tools.database, id), 'post', id);
  const open = (await listAttempts(tools.database, id)).find((attempt) => attempt.phase === 'unknown');
  if (open === undefined) throw new Refusal('conflict', `Post ${id} is ${post.state}: nothing about it is in doubt.`);
  return (await reconcile(tools, open.id)) ?? { kind: 'cannot-tell', detail: 'It was settled meanwhile.' };
}
