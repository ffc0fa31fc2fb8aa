import { Refusal } from '../domain/errors.ts';
import type { Fault } from '../domain/errors.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { Part, Urgency } from '../domain/post.ts';
import { worthlessAfterMs } from '../domain/urgency.ts';
import type { AccountRow } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import { accountsWithRules } from '../store/house-account.ts';
import { insertPosts, insertPostsAlone } from '../store/new-post.ts';
import type { NewPost } from '../store/new-post.ts';
import { getListedPosts } from '../store/post-list.ts';
import type { ListedPost } from '../store/post-list.ts';
import { lockTimes } from '../store/post-times.ts';
import { detectLanguage } from '../text/language.ts';
import type { Twin } from '../text/repeats.ts';
import { absentImages } from './absent-images.ts';
import { altTextFaults } from './alt-text.ts';
import { composed, contentOf } from './content.ts';
import { refuseOwnWords } from './four-eyes.ts';
import { faultsOf, twinsOf } from './limits.ts';
import { missingFaults, missingIn } from './media.ts';
import { placeLink } from './place-link.ts';
import { sensitiveInParts, whySensitive } from './sensitive.ts';
import { alarmOf, giveTime, ringAlarms, timeFaults } from './schedule.ts';
import type { Alarm, ScheduleTools, When } from './schedule.ts';
import type { Tools } from './tools.ts';

/** A text as somebody hands it in, for one or more accounts. */
export interface ReadyPost {
  /** The messages of the post in order; several make a thread. Texts are exactly as they go out. */
  readonly parts: readonly Part[];
  readonly accountIds: readonly string[];
  readonly link?: string | null;
  readonly lang?: string;
  readonly urgency?: Urgency;
  /** Past it the posts are stale; left out, a while after their time by urgency. */
  readonly worthlessAfter?: Date;
  /** `draft`, or a time: giving a time is approving, and needs the right to. */
  readonly schedule: When | 'draft' | 'review';
  /** A person has looked at what it says. Else it waits for one where it names what the house calls sensitive. */
  readonly isSeen?: boolean;
  /** What was found wrong while it was read: told beside everything else. */
  readonly faults?: readonly Fault[];
}

/** `createManyPosts` for one text, whose images are looked up too. @returns the posts, in the order of the accounts. */
export async function createPosts(
  tools: ScheduleTools & Pick<Tools, 'http'>,
  ready: ReadyPost,
  actor: string,
): Promise<ListedPost[]> {
  const faults = [...(ready.faults ?? []), ...(await absentImages(tools, ready.parts))];
  const made = await checkedPosts(tools, [{ ...ready, faults }], () => '');
  const posts = made.flatMap((one) => one.posts);
  const alone = made.every(({ later }) => later === null) ? await insertPostsAlone(tools.database, posts, actor) : [];
  if (alone.length > 0) await ringAlarms(tools, alone.flatMap(alarmIn));
  else await writePosts(tools, made, actor);
  const ids = posts.map(({ id }) => id);
  const rows = new Map(
    (alone.length > 0 ? alone : await getListedPosts(tools.database, ids)).map((row) => [row.id, row]),
  );
  return ids.flatMap((id) => rows.get(id) ?? []);
}

/**
 * Queues ready texts, without any article: one post for each account of each. All or nothing: one account that is missing or
 * one text that is too long, and none is written; every fault is told at once, under the place `at` gives to the text.
 * @returns for each text its posts' ids, in the order of its accounts.
 */
export async function createManyPosts(
  tools: ScheduleTools,
  ready: readonly ReadyPost[],
  actor: string,
  at: (index: number) => string = () => '',
): Promise<string[][]> {
  const made = await checkedPosts(tools, ready, at);
  await writePosts(tools, made, actor);
  return made.map(({ posts }) => posts.map((post) => post.id));
}

/** What a text becomes. */
interface Made {
  readonly posts: readonly NewPost[];
  /** A time that depends on other posts or moves them, and is given to these once they are written. */
  readonly later: When | null;
}

/** @throws Refusal `invalid` with every fault of all of them. */
async function checkedPosts(
  tools: ScheduleTools,
  ready: readonly ReadyPost[],
  at: (index: number) => string,
): Promise<Made[]> {
  const known = await knownOf(tools.database, ready, tools.io.now());
  const faults = ready.flatMap((one, index) => faultsIn(one, index, known, at(index)));
  if (faults.length > 0) throw new Refusal('invalid', faults.map((fault) => fault.message).join(' '), faults);
  return ready.map((one) => madeOf(tools, one, known));
}

/** In one transaction: all of them with their times, or none. */
async function writePosts(tools: ScheduleTools, made: readonly Made[], actor: string): Promise<void> {
  const alarms = await tools.database.transaction(async (sql) => {
    const posts = made.flatMap((one) => one.posts);
    const woken = await insertPosts(sql, posts, actor);
    const approved = posts.find(({ state }) => state === 'approved');
    if (approved !== undefined) await refuseOwnWords(sql, approved.id, actor);
    const byId = new Map(posts.map((post) => [post.id, post]));
    const own = woken.flatMap((one) => {
      const post = byId.get(one.id);
      return post === undefined ? [] : [alarmOf(post, one)];
    });
    return [...own, ...(await giveTimes(sql, tools, made, actor))];
  });
  await ringAlarms(tools, alarms);
}

function alarmIn({ wakeAt, ...post }: ListedPost): Alarm[] {
  return wakeAt === null ? [] : [alarmOf(post, { wake: post.wake, wakeAt })];
}

/** Why a text that has a time waits for a person all the same: a sentence, where the house wants one; null where it goes. */
export function reasonToWait({ schedule, isSeen = false, ...ready }: ReadyPost, rules: HouseRules): string | null {
  if (isSeen || stateOf(schedule) !== 'approved') return null;
  const names = sensitiveInParts(ready.parts, langOf(ready), rules);
  return names.length === 0 ? null : whySensitive(names);
}

/** What `createManyPosts` would refuse, text by text; nothing is written. */
export async function checkPosts(
  tools: Pick<ScheduleTools, 'database' | 'io'>,
  ready: readonly ReadyPost[],
): Promise<Fault[][]> {
  const known = await knownOf(tools.database, ready, tools.io.now());
  return ready.map((one, index) => faultsIn(one, index, known, ''));
}

/** What is here of all that these texts name. */
interface Known {
  readonly accounts: ReadonlyMap<string, AccountRow>;
  readonly missingMedia: ReadonlySet<string>;
  readonly rules: HouseRules;
  /** For each text, by account: what goes out there with the same words. */
  readonly twins: readonly ReadonlyMap<string, readonly Twin[]>[];
  readonly now: Date;
}

async function knownOf(sql: Sql, ready: readonly ReadyPost[], now: Date): Promise<Known> {
  const { accounts, rules } = await accountsWithRules(sql, [...new Set(ready.flatMap((one) => one.accountIds))]);
  const parts = ready.flatMap((one) => one.parts);
  const twins = await twinsAmong(sql, ready, { accounts, rules }, now);
  return { accounts, missingMedia: await missingIn(sql, parts), rules, twins, now };
}

/** Twins that are here already, and those that stand earlier among these texts. */
async function twinsAmong(
  sql: Sql,
  ready: readonly ReadyPost[],
  { accounts, rules }: Pick<Known, 'accounts' | 'rules'>,
  now: Date,
): Promise<Map<string, Twin[]>[]> {
  const going = ready.flatMap((one, index) =>
    one.accountIds.flatMap((id) => {
      const account = accounts.get(id);
      if (account === undefined) return [];
      const { parts } = placeLink(one, account, rules);
      return [{ index, account, postId: null, parts, at: timeOf(one.schedule, now) }];
    }),
  );
  const found = await twinsOf(sql, going);
  const all = ready.map(() => new Map<string, Twin[]>());
  const before = new Map<string, Twin[]>();
  for (const [at, { index, account, parts, at: time }] of going.entries()) {
    const texts = parts.map(({ text }) => text);
    const keys = texts.map((text) => `${account.id} ${text}`);
    all[index]?.set(account.id, [...(found[at] ?? []), ...keys.flatMap((key) => before.get(key) ?? [])]);
    const twin = { where: `text ${index + 1} of this request`, at: time, isOut: false, isLast: true, texts };
    for (const key of keys) before.set(key, [...(before.get(key) ?? []), twin]);
  }
  return all;
}

/** What has no time yet is looked at as if it went out now. */
function timeOf(schedule: ReadyPost['schedule'], now: Date): Date {
  return typeof schedule === 'string' ? now : schedule.at;
}

function faultsIn(ready: ReadyPost, index: number, known: Known, place: string): Fault[] {
  const { accounts, missingMedia, rules, now } = known;
  // Which slot is free is known when it is taken, and looked at then.
  const at = ready.schedule === 'next-slot' ? {} : { at: timeOf(ready.schedule, now) };
  const faults = ready.accountIds.flatMap((accountId, position): Fault[] => {
    const account = accounts.get(accountId);
    if (account !== undefined) {
      const undescribed = stateOf(ready.schedule) === 'approved' ? altTextFaults(ready.parts, account, rules) : [];
      const twins = known.twins[index]?.get(accountId) ?? [];
      const { parts } = placeLink(ready, account, rules);
      return [...faultsOf(parts, account, { twins, ...at }), ...undescribed];
    }
    return [
      {
        pointer: `/accountIds/${position}`,
        code: 'not-found',
        message: `There is no account ${accountId}: take the id from the list of accounts.`,
      },
    ];
  });
  faults.push(...missingFaults(missingMedia, ready.parts));
  const { schedule, worthlessAfter = null } = ready;
  if (schedule !== 'draft' && schedule !== 'review') faults.push(...timeFaults(schedule, worthlessAfter, now));
  return [...faults, ...(ready.faults ?? [])].map((fault) => ({ ...fault, pointer: place + fault.pointer }));
}

function madeOf(tools: Pick<ScheduleTools, 'io'>, ready: ReadyPost, { accounts, rules }: Known): Made {
  const parts = ready.parts.map(composed);
  // Each is known: `faultsIn` refuses the others.
  const accountOf = (id: string): AccountRow => accounts.get(id) as AccountRow;
  const lang = langOf(ready);
  const urgency = ready.urgency ?? 'normal';
  const reason = reasonToWait(ready, rules);
  const schedule = reason === null ? ready.schedule : 'review';
  const when = schedule === 'draft' || schedule === 'review' ? null : schedule;
  const isLater = when !== null && (looksAround(when) || urgency === 'breaking');
  const due = when === null || isLater ? {} : { due: { at: instantOf(when), staleAfterMs: worthlessAfterMs[urgency] } };
  const posts = ready.accountIds.map((accountId) => ({
    id: tools.io.id('post'),
    accountId,
    network: accountOf(accountId).network,
    storyId: null,
    articleId: null,
    urgency,
    state: stateOf(schedule),
    content: contentOf(accountId, { ...placeLink({ ...ready, parts }, accountOf(accountId), rules), tags: [], lang }),
    worthlessAfter: ready.worthlessAfter ?? null,
    reason,
    ...due,
  }));
  return { posts, later: isLater ? when : null };
}

function langOf({ lang, parts }: Pick<ReadyPost, 'lang' | 'parts'>): string {
  return lang ?? detectLanguage(parts.map((part) => part.text).join('\n'));
}

function stateOf(schedule: ReadyPost['schedule']): 'draft' | 'in_review' | 'approved' {
  if (schedule === 'draft') return 'draft';
  return schedule === 'review' ? 'in_review' : 'approved';
}

/** Whether a time is chosen by what else its account has. */
function looksAround(when: When): boolean {
  return when === 'next-slot' || (when !== 'now' && when.isStrict === true);
}

/** A time that looks at nothing around it; null: now. */
function instantOf(when: When): Date | null {
  return typeof when === 'string' ? null : when.at;
}

/** A slot looks at its neighbours, and breaking news moves them. */
async function giveTimes(sql: Sql, tools: ScheduleTools, made: readonly Made[], actor: string): Promise<Alarm[]> {
  const timed = made.flatMap(({ later, posts }) =>
    later === null ? [] : posts.map((post) => ({ post, when: later })),
  );
  const inSlots = timed.filter(({ when }) => looksAround(when));
  if (inSlots.length > 0) await lockTimes(sql, [...new Set(inSlots.map(({ post }) => post.accountId))]);
  const alarms: Alarm[] = [];
  for (const { post, when } of timed) alarms.push(...(await giveTime(sql, tools, post.id, null, when, actor)));
  return alarms;
}
