/** What is wrong with texts that somebody hands in, and what posts they become: nothing is written here. */
import { Refusal } from '../domain/errors.ts';
import { forStory } from '../domain/campaign.ts';
import type { Fault } from '../domain/errors.ts';
import type { HouseRules } from '../domain/house-rules.ts';
import type { Part, Urgency } from '../domain/post.ts';
import { worthlessAfterMs } from '../domain/urgency.ts';
import type { AccountRow } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import { houseOf } from '../store/house-account.ts';
import type { House } from '../store/house-account.ts';
import type { NewPost } from '../store/new-post.ts';
import { storiesToTell } from '../store/story-to-tell.ts';
import type { StoryToTell } from '../store/story-to-tell.ts';
import { detectLanguage } from '../text/language.ts';
import type { Twin } from '../text/repeats.ts';
import { altTextFaults } from './alt-text.ts';
import { composed, contentOf } from './content.ts';
import { faultsOf, twinsOf } from './limits.ts';
import { cardImageFaults, keptOf, missingFaults, shapeFaults } from './media.ts';
import { placeLink } from './place-link.ts';
import { sensitiveInParts, whySensitive } from './sensitive.ts';
import { isSlot, refuseOutlastedBy, timeFaults } from './schedule.ts';
import type { ScheduleTools, When } from './schedule.ts';

/** A text as somebody hands it in, for one or more accounts. */
export interface ReadyPost {
  /** The messages of the post in order; several make a thread. Texts are exactly as they go out. */
  readonly parts: readonly Part[];
  readonly accountIds: readonly string[];
  /** Whose embargo and holds are for it too; left out, it belongs to none. */
  readonly storyId?: string;
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

/** What a text becomes. */
export interface Made {
  readonly posts: readonly NewPost[];
  /** A time that depends on other posts, or moves others: found where they are written. */
  readonly later: When | null;
}

/**
 * @param house what they are checked against, where it has been read.
 * @throws Refusal `invalid` with every fault of all of them.
 */
export async function checkedPosts(
  tools: ScheduleTools,
  ready: readonly ReadyPost[],
  at: (index: number) => string,
  house?: House,
): Promise<Made[]> {
  const known = await knownOf(tools.database, ready, tools.io.now(), house);
  const faults = ready.flatMap((one, index) => faultsIn(one, index, known, at(index)));
  if (faults.length > 0) throw new Refusal('invalid', faults.map((fault) => fault.message).join(' '), faults);
  return ready.map((one) => madeOf(tools, one, known));
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
  readonly kept: Awaited<ReturnType<typeof keptOf>>;
  readonly rules: HouseRules;
  /** Those that are there, each with its newest article. */
  readonly stories: ReadonlyMap<string, StoryToTell>;
  /** For each text, by account: what goes out there with the same words. */
  readonly twins: readonly ReadonlyMap<string, readonly Twin[]>[];
  readonly now: Date;
}

async function knownOf(sql: Sql, ready: readonly ReadyPost[], now: Date, house?: House): Promise<Known> {
  const { accounts, rules } = house ?? (await houseOf(sql, [...new Set(ready.flatMap((one) => one.accountIds))]));
  const parts = ready.flatMap((one) => one.parts);
  const stories = await storiesToTell(sql, [...new Set(ready.flatMap((one) => one.storyId ?? []))]);
  const twins = await twinsAmong(sql, ready, { accounts, rules, stories }, now);
  return { accounts, kept: await keptOf(sql, parts), rules, stories, twins, now };
}

/** Twins that are here already, and those that stand earlier among these texts. */
async function twinsAmong(
  sql: Sql,
  ready: readonly ReadyPost[],
  { accounts, ...known }: Pick<Known, 'accounts' | 'rules' | 'stories'>,
  now: Date,
): Promise<Map<string, Twin[]>[]> {
  const going = ready.flatMap((one, index) =>
    one.accountIds.flatMap((id) => {
      const account = accounts.get(id);
      if (account === undefined) return [];
      const { parts } = placeLink(one, account, rulesOf(one, known));
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

/** The house rules as they hold for the story that a text tells. */
function rulesOf({ storyId }: ReadyPost, { rules, stories }: Pick<Known, 'rules' | 'stories'>): HouseRules {
  return forStory(rules, storyId === undefined ? null : (stories.get(storyId)?.utm ?? null));
}

/** What has no time yet is looked at as if it went out now. */
function timeOf(schedule: ReadyPost['schedule'], now: Date): Date {
  if (typeof schedule === 'string') return now;
  return isSlot(schedule) ? schedule.slotFrom : schedule.at;
}

function faultsIn(ready: ReadyPost, index: number, known: Known, place: string): Fault[] {
  const { accounts, kept, rules, now } = known;
  // Which slot is free is known when it is taken, and looked at then.
  const at = isTimed(ready.schedule) && isSlot(ready.schedule) ? {} : { at: timeOf(ready.schedule, now) };
  const faults = ready.accountIds.flatMap((accountId, position): Fault[] => {
    const account = accounts.get(accountId);
    if (account !== undefined) {
      const undescribed = stateOf(ready.schedule) === 'approved' ? altTextFaults(ready.parts, account, rules) : [];
      const twins = known.twins[index]?.get(accountId) ?? [];
      const { parts } = placeLink(ready, account, rulesOf(ready, known));
      return [
        ...faultsOf(parts, account, { twins, ...at }),
        ...shapeFaults(kept, ready.parts, account),
        ...cardImageFaults(ready.parts, account),
        ...undescribed,
      ];
    }
    return [
      {
        pointer: `/accountIds/${position}`,
        code: 'not-found',
        message: `There is no account ${accountId}: take the id from the list of accounts.`,
      },
    ];
  });
  faults.push(...missingFaults(kept, ready.parts));
  if (ready.storyId !== undefined && !known.stories.has(ready.storyId)) {
    const message = `There is no story ${ready.storyId}: take the id from the list of stories.`;
    faults.push({ pointer: '/storyId', code: 'not-found', message });
  }
  const { schedule, worthlessAfter = null } = ready;
  if (isTimed(schedule)) faults.push(...timeFaults(schedule, worthlessAfter, now));
  return [...faults, ...(ready.faults ?? [])].map((fault) => ({ ...fault, pointer: place + fault.pointer }));
}

function madeOf(tools: Pick<ScheduleTools, 'io'>, ready: ReadyPost, { accounts, rules, stories }: Known): Made {
  const parts = ready.parts.map(composed);
  // Each is known: `faultsIn` refuses the others.
  const accountOf = (id: string): AccountRow => accounts.get(id) as AccountRow;
  const lang = langOf(ready);
  const { storyId = null } = ready;
  const story = storyId === null ? undefined : stories.get(storyId);
  const urgency = ready.urgency ?? story?.urgency ?? 'normal';
  const own = rulesOf(ready, { rules, stories });
  const reason = reasonToWait(ready, rules);
  const schedule = reason === null ? ready.schedule : 'review';
  const when = isTimed(schedule) ? schedule : null;
  const later = isLater({ ...ready, schedule, urgency }) ? when : null;
  const due =
    when === null || later !== null ? {} : { due: { at: instantOf(when), staleAfterMs: worthlessAfterMs[urgency] } };
  const posts = ready.accountIds.map((accountId) => ({
    id: tools.io.id('post'),
    accountId,
    network: accountOf(accountId).network,
    storyId,
    articleId: story?.articleId ?? null,
    urgency,
    state: stateOf(schedule),
    content: contentOf(accountId, { ...placeLink({ ...ready, parts }, accountOf(accountId), own), tags: [], lang }),
    worthlessAfter: ready.worthlessAfter ?? null,
    reason,
    ...due,
  }));
  const ends = story?.embargoUntil ?? null;
  if (ends !== null && 'due' in due)
    for (const post of posts) refuseOutlastedBy({ approvedUntil: null, ...post }, ends);
  return { posts, later };
}

function langOf({ lang, parts }: Pick<ReadyPost, 'lang' | 'parts'>): string {
  return lang ?? detectLanguage(parts.map((part) => part.text).join('\n'));
}

function stateOf(schedule: ReadyPost['schedule']): 'draft' | 'in_review' | 'approved' {
  if (schedule === 'draft') return 'draft';
  return schedule === 'review' ? 'in_review' : 'approved';
}

/** Whether its time is given once it is written: it depends on other posts, or moves others. */
export function isLater({ schedule, urgency }: Pick<ReadyPost, 'schedule' | 'urgency'>): boolean {
  return isTimed(schedule) && (looksAround(schedule) || urgency === 'breaking');
}

/** Whether it is to go out: giving a time is approving. */
export function isTimed(schedule: ReadyPost['schedule']): schedule is When {
  return schedule !== 'draft' && schedule !== 'review';
}

/** Whether a time is chosen by what else its account has. */
function looksAround(when: When): boolean {
  return isSlot(when) || (when !== 'now' && when.isStrict === true);
}

/** A time that looks at nothing around it; null: now. */
function instantOf(when: When): Date | null {
  return typeof when === 'string' || isSlot(when) ? null : when.at;
}
