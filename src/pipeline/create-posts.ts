import { Refusal } from '../domain/errors.ts';
import type { Sql } from '../store/database.ts';
import { houseOf } from '../store/house-account.ts';
import type { House } from '../store/house-account.ts';
import { recordApprovedImages } from '../store/media.ts';
import { insertPosts } from '../store/new-post.ts';
import type { NewPost } from '../store/new-post.ts';
import { currentOrigin } from '../store/origin.ts';
import { getListedPosts } from '../store/post-list.ts';
import type { ListedPost } from '../store/post-list.ts';
import { lockTimes } from '../store/post-times.ts';
import { absentImages, imageFaults } from './absent-images.ts';
import { keepShown } from './approved-images.ts';
import { checkedPosts, isLater, isTimed } from './check-posts.ts';
import type { Made, ReadyPost } from './check-posts.ts';
import { refuseOwnWords } from './four-eyes.ts';
import { alarmOf, giveTime, ringAlarms } from './schedule.ts';
import type { Alarm, ScheduleTools } from './schedule.ts';
import { inFreeSlots, refuseRepeatsAmong } from './slots-together.ts';
import type { Tools } from './tools.ts';

/** `createManyPosts` for one text, whose images are looked up too. @returns the posts, in the order of the accounts. */
export async function createPosts(
  tools: ScheduleTools & Pick<Tools, 'http' | 'ledger'>,
  ready: ReadyPost,
  actor: string,
): Promise<ListedPost[]> {
  // Giving a time is approving: what is at these addresses now is what goes out.
  const kept = isTimed(ready.schedule) ? await keepShown(tools, ready.parts, true) : null;
  const wrong = new Map(kept?.faults.map(({ source, kind, detail }) => [source, kind === 'refused' ? detail : null]));
  const absent = kept === null ? await absentImages(tools, ready.parts) : imageFaults(ready.parts, wrong);
  const given = { ...ready, faults: [...(ready.faults ?? []), ...absent] };
  const ids = kept?.ids ?? new Map<string, string>();
  // How much a story hurries is read with it.
  const mayBeLater = isLater(given) || given.storyId !== undefined;
  const alone = ids.size > 0 || mayBeLater ? [] : await writtenAlone(tools, given, actor);
  if (alone.length > 0) return alone;
  const bind = async (sql: Sql, [posts = []]: readonly string[][]): Promise<void> => {
    if (ids.size > 0) for (const id of posts) await recordApprovedImages(sql, id, 1, ids);
  };
  const [made = []] = await createManyPosts(tools, [given], actor, undefined, bind);
  return inOrder(made, await getListedPosts(tools.database, made));
}

/** Without a transaction around it. @returns none where the house wants four eyes, or changed in this moment. */
async function writtenAlone(
  tools: ScheduleTools & Pick<Tools, 'ledger'>,
  ready: ReadyPost,
  actor: string,
): Promise<ListedPost[]> {
  const { house } = tools.ledger;
  const remembered = house.recall(ready.accountIds);
  // What was remembered may be past: what is wrong is told by what holds now.
  const quick = remembered === null ? [] : await writtenUnder(tools, ready, remembered, actor).catch(noneWhereRefused);
  if (quick.length > 0) return quick;
  const now = await houseOf(tools.database, ready.accountIds);
  house.keep(now);
  return writtenUnder(tools, ready, now, actor);
}

/** By one statement, which looks whether `house` still holds. @returns none where it does not. */
async function writtenUnder(
  tools: ScheduleTools & Pick<Tools, 'ledger'>,
  ready: ReadyPost,
  house: House,
  actor: string,
): Promise<ListedPost[]> {
  if (house.rules.fourEyes) return [];
  const [{ posts } = { posts: [] }] = await checkedPosts(tools, [ready], () => '', house);
  const origin = currentOrigin() ?? null;
  const rows = await tools.ledger.insertPosts({ posts, actor, origin, marks: house.marks });
  await ringAlarms(tools, rows.flatMap(alarmIn));
  return inOrder(
    posts.map(({ id }) => id),
    rows,
  );
}

function inOrder(ids: readonly string[], rows: readonly ListedPost[]): ListedPost[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function noneWhereRefused(error: unknown): [] {
  if (error instanceof Refusal) return [];
  throw error;
}

/**
 * Queues ready texts, without any article: one post for each account of each. All or nothing: one account that is missing or
 * one text that is too long, and none is written; every fault is told at once, under the place `at` gives to the text.
 * @param note is called in the transaction that writes them, with what is returned.
 * @returns for each text its posts' ids, in the order of its accounts.
 */
export async function createManyPosts(
  tools: ScheduleTools,
  ready: readonly ReadyPost[],
  actor: string,
  at: (index: number) => string = () => '',
  note: (sql: Sql, ids: readonly string[][]) => Promise<void> = async () => {},
): Promise<string[][]> {
  const made = await checkedPosts(tools, ready, at);
  const ids = made.map(({ posts }) => posts.map((post) => post.id));
  await writePosts(tools, made, actor, (sql) => note(sql, ids));
  return ids;
}

/** In one transaction: all of them with their times, or none. */
async function writePosts(
  tools: ScheduleTools,
  made: readonly Made[],
  actor: string,
  note: (sql: Sql) => Promise<void> = async () => {},
): Promise<void> {
  const inSlots = made.filter(({ later }) => later === 'next-slot').flatMap(({ posts }) => posts);
  const others = made.filter(({ later }) => later !== 'next-slot').flatMap(({ posts }) => posts);
  const alarms = await tools.database.transaction(async (sql) => {
    const choosing = made.filter(({ later }) => later !== null).flatMap(({ posts }) => posts);
    if (choosing.length > 0) await lockTimes(sql, [...new Set(choosing.map(({ accountId }) => accountId))]);
    const first = await insertAll(sql, others, actor);
    const later = await giveTimes(sql, tools, made, actor);
    // What is free is known once all that has a time has it.
    const slotted = await inFreeSlots(sql, tools, inSlots);
    const last = await insertAll(sql, slotted, actor);
    await refuseRepeatsAmong(sql, slotted);
    const approved = [...others, ...slotted].find(({ state }) => state === 'approved');
    if (approved !== undefined) await refuseOwnWords(sql, approved.id, actor);
    await note(sql);
    return [...first, ...later, ...last];
  });
  await ringAlarms(tools, alarms);
}

async function insertAll(sql: Sql, posts: readonly NewPost[], actor: string): Promise<Alarm[]> {
  const byId = new Map(posts.map((post) => [post.id, post]));
  return (await insertPosts(sql, posts, actor)).flatMap((one) => {
    const post = byId.get(one.id);
    return post === undefined ? [] : [alarmOf(post, one)];
  });
}

function alarmIn({ wakeAt, ...post }: ListedPost): Alarm[] {
  return wakeAt === null ? [] : [alarmOf(post, { wake: post.wake, wakeAt })];
}

/** Those that look around, or move others. */
async function giveTimes(sql: Sql, tools: ScheduleTools, made: readonly Made[], actor: string): Promise<Alarm[]> {
  const alarms: Alarm[] = [];
  for (const { later, posts } of made) {
    if (later === null || later === 'next-slot') continue;
    for (const { id } of posts) alarms.push(...(await giveTime(sql, tools, id, null, later, actor)));
  }
  return alarms;
}
