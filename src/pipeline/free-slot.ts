import { Refusal } from '../domain/errors.ts';
import { noHouseRules } from '../domain/house-rules.ts';
import type { SlotRules } from '../domain/slot-rules.ts';
import { isUnbound } from '../domain/slot-rules.ts';
import { nextFreeSlot } from '../domain/slot.ts';
import { isTimeZone } from '../domain/wall-time.ts';
import type { AccountRow } from '../store/account.ts';
import { getAccount } from '../store/account.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { getHouseRules } from '../store/house-rules.ts';
import { zoneOfNewsroom } from '../store/newsroom.ts';
import { takenPage, takenTimes } from '../store/post-times.ts';
import { getStory } from '../store/story.ts';

const DAY_MS = 24 * 3_600_000;
/** Taken times are read this many at a time: an account that is full for months is rare. */
const PAGE = 5_000;

/**
 * The next free slot of a post's account from now on, after its story's embargo.
 * @param timeZone the operator's, for a newsroom that has said none and accounts without their own.
 * @throws Refusal where nothing is free within a year.
 */
export async function freeSlot(
  sql: Sql,
  timeZone: string,
  post: { readonly accountId: string; readonly storyId: string | null },
  now: Date,
): Promise<Date> {
  const story = post.storyId === null ? null : await getStory(sql, post.storyId);
  // A slot under the embargo would be wasted.
  const from = new Date(Math.max(now.getTime(), story?.embargoUntil?.getTime() ?? 0));
  const account = found(await getAccount(sql, post.accountId), 'account', post.accountId);
  return freeSlotUnder(sql, account, await rulesFor(sql, account, timeZone), from);
}

/** The same under rules that the caller has changed. */
export async function freeSlotUnder(
  sql: Sql,
  account: Pick<AccountRow, 'id' | 'name'>,
  rules: SlotRules,
  from: Date,
): Promise<Date> {
  if (isUnbound(rules)) return from;
  const taken: Date[] = [];
  const since = neededSince(from, rules);
  for (;;) {
    const { times, until } = await takenPage(sql, account.id, since, { skip: taken.length, limit: PAGE });
    taken.push(...times);
    const slot = nextFreeSlot(from, rules, taken);
    const knownUntil = until === null ? Infinity : until.getTime() - 2 * DAY_MS - rules.minGapMs;
    if (slot !== null && slot.getTime() < knownUntil) return slot;
    if (knownUntil === Infinity) throw nothingFree(account, rules, from, taken);
  }
}

/** All that is taken on an account from `from` on, and what counts before it. */
export async function takenFrom(sql: Sql, accountId: string, from: Date, rules: SlotRules): Promise<Date[]> {
  const taken: Date[] = [];
  for (;;) {
    const page = await takenTimes(sql, accountId, neededSince(from, rules), { skip: taken.length, limit: PAGE });
    taken.push(...page);
    if (page.length < PAGE) return taken;
  }
}

/** From when on it counts what went out: the caps look back an hour, and to the start of the account's day. */
export function neededSince(from: Date, rules: Pick<SlotRules, 'minGapMs'>): Date {
  return new Date(from.getTime() - Math.max(2 * DAY_MS, rules.minGapMs));
}

/**
 * What an editor decided for an account, else the house, in the account's zone or else the newsroom's.
 * @param timeZone the operator's, for a newsroom that has said none.
 */
export async function rulesFor(sql: Sql, account: Pick<AccountRow, 'settings'>, timeZone: string): Promise<SlotRules> {
  const { slots, quietHours, minGapMs, hourlyCap, dailyCap, followsHouse } = account.settings;
  const own = account.settings.timeZone;
  const house = followsHouse ? (await getHouseRules(sql)).rules : noHouseRules;
  return {
    timeZone: own !== null && isTimeZone(own) ? own : await zoneOfNewsroom(sql, timeZone),
    slots: slots.length > 0 ? slots : house.slots,
    quietHours: quietHours.length > 0 ? quietHours : house.quietHours,
    minGapMs: minGapMs > 0 ? minGapMs : house.minGapMs,
    hourlyCap,
    dailyCap,
  };
}

/** The same for posts that have had their slots, or take none: it is about the distance between them. */
export async function distancesOf(sql: Sql, accountId: string, timeZone: string): Promise<SlotRules> {
  const account = found(await getAccount(sql, accountId), 'account', accountId);
  return { ...(await rulesFor(sql, account, timeZone)), slots: [] };
}

/** What is said where the search found none, with the reason where that is the quiet hours. */
export function nothingFree(
  account: Pick<AccountRow, 'id' | 'name'>,
  rules: SlotRules,
  from: Date,
  taken: readonly Date[],
): Refusal {
  const isForQuiet = rules.quietHours.length > 0 && nextFreeSlot(from, { ...rules, quietHours: [] }, taken) !== null;
  const what = isForQuiet
    ? 'its quiet hours leave none. Shorten them, or give the post a time.'
    : 'give it more slots, or the post a time.';
  return new Refusal('conflict', `Account ${account.id} (${account.name}) has no free slot within a year: ${what}`);
}
