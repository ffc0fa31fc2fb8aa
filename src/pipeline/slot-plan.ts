import { barredBetween } from '../domain/barred.ts';
import type { Barred, PostBounds } from '../domain/barred.ts';
import { loadsBetween } from '../domain/capacity.ts';
import type { DayLoad } from '../domain/capacity.ts';
import { nextFreeSlot, slotsBetween } from '../domain/slot.ts';
import type { AccountRow } from '../store/account.ts';
import { getAccount } from '../store/account.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import type { PostRow } from '../store/post.ts';
import { takenTimes } from '../store/post-times.ts';
import { getStory } from '../store/story.ts';
import { rulesFor } from './free-slot.ts';

const DAY_MS = 86_400_000;
const MOST_TAKEN = 20_000;

export interface SlotPlan {
  readonly timeZone: string;
  readonly slots: readonly { readonly at: Date; readonly taken: boolean }[];
  readonly quiet: readonly { readonly from: Date; readonly to: Date }[];
  readonly days: readonly DayLoad[];
  /** From `from` on, or from now where that is later; null: nothing is free within a year. */
  readonly nextFree: Date | null;
}

/** What a plan of an account's time draws: its slots, which are taken, its quiet times, and how full its days are. */
export async function slotPlanOf(
  sql: Sql,
  account: Pick<AccountRow, 'id' | 'settings'>,
  { from, to, now, timeZone }: { from: Date; to: Date; now: Date; timeZone: string },
): Promise<SlotPlan> {
  const rules = await rulesFor(sql, account, timeZone);
  const start = new Date(Math.max(from.getTime(), now.getTime()));
  const taken = await takenTimes(sql, account.id, twoDaysBefore(from), { skip: 0, limit: MOST_TAKEN });
  const { slots, quiet } = slotsBetween(from, to, rules);
  return {
    timeZone: rules.timeZone,
    slots: marked(slots, taken),
    quiet,
    days: loadsBetween(from, to, rules, taken),
    nextFree: nextFreeSlot(start, rules, taken),
  };
}

export interface PostTimes {
  readonly timeZone: string;
  readonly slots: SlotPlan['slots'];
  readonly barred: readonly Barred[];
}

/**
 * Where in a stretch of time a post may go out: the slots of its account, and what speaks against every other moment.
 * @param without posts that are about to leave their times, besides this one.
 */
export async function timesOf(
  sql: Sql,
  post: Pick<PostRow, 'id' | 'accountId' | 'storyId' | 'worthlessAfter' | 'approvedUntil'>,
  { from, to, now, timeZone }: { from: Date; to: Date; now: Date; timeZone: string },
  without: readonly string[] = [],
): Promise<PostTimes> {
  const account = found(await getAccount(sql, post.accountId), 'account', post.accountId);
  const rules = await rulesFor(sql, account, timeZone);
  const page = { skip: 0, limit: MOST_TAKEN };
  const taken = await takenTimes(sql, account.id, twoDaysBefore(from), page, [post.id, ...without]);
  return {
    timeZone: rules.timeZone,
    slots: marked(slotsBetween(from, to, rules).slots, taken),
    barred: barredBetween(from, to, rules, taken, await boundsOf(sql, post, now)),
  };
}

async function boundsOf(
  sql: Sql,
  { storyId, worthlessAfter, approvedUntil }: Pick<PostRow, 'storyId' | 'worthlessAfter' | 'approvedUntil'>,
  now: Date,
): Promise<PostBounds> {
  const story = storyId === null ? null : await getStory(sql, storyId);
  return { now, embargoUntil: story?.embargoUntil ?? null, worthlessAfter, approvedUntil };
}

/** The caps look back an hour, and to the start of the account's day. */
function twoDaysBefore(from: Date): Date {
  return new Date(from.getTime() - 2 * DAY_MS);
}

function marked(slots: readonly Date[], taken: readonly Date[]): { at: Date; taken: boolean }[] {
  const busy = new Set(taken.map((at) => at.getTime()));
  return slots.map((at) => ({ at, taken: busy.has(at.getTime()) }));
}
