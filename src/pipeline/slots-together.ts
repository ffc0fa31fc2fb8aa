/** Free slots for many posts that are written together: each account's taken times are read once, and its days gone through once. */
import { Refusal } from '../domain/errors.ts';
import { isUnbound } from '../domain/slot-rules.ts';
import { nextFreeSlots } from '../domain/slot.ts';
import { worthlessAfterMs } from '../domain/urgency.ts';
import type { AccountRow } from '../store/account.ts';
import { getAccount } from '../store/account.ts';
import { found, readClock } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { embargoesOf } from '../store/embargo.ts';
import type { NewPost } from '../store/new-post.ts';
import { REFUSED } from '../text/repeats.ts';
import { nothingFree, rulesFor, takenFrom } from './free-slot.ts';
import { faultsOf, twinsOf } from './limits.ts';
import { refuseWorthless } from './schedule.ts';
import type { Tools } from './tools.ts';

/**
 * These posts with the next free slots of their accounts: in their order, those that an embargo keeps back after the others.
 * Whose accounts' times are locked by the caller, and all their other posts written.
 * @throws Refusal where an account has none within a year, or a post is worthless by then.
 */
export async function inFreeSlots(
  sql: Sql,
  { io, timeZone }: Pick<Tools, 'io' | 'timeZone'>,
  posts: readonly NewPost[],
): Promise<NewPost[]> {
  if (posts.length === 0) return [];
  const now = await readClock(sql);
  const embargoes = await embargoesOf(sql, new Set(posts.flatMap(({ storyId }) => storyId ?? [])));
  const startOf = ({ storyId }: NewPost): number =>
    Math.max(now.getTime(), embargoes.get(storyId ?? '')?.getTime() ?? 0);
  const given = new Map<string, NewPost>();
  for (const [accountId, own] of Map.groupBy(posts, (post) => post.accountId)) {
    const account = found(await getAccount(sql, accountId), 'account', accountId);
    const rules = await rulesFor(sql, account, timeZone);
    const taken = isUnbound(rules) ? [] : await takenFrom(sql, accountId, now, rules);
    const starts = [...Map.groupBy(own, startOf)].toSorted(([one], [other]) => one - other);
    for (const [start, together] of starts) {
      const from = new Date(start);
      const slots = isUnbound(rules) ? together.map(() => from) : nextFreeSlots(from, rules, taken, together.length);
      taken.push(...slots);
      for (const [index, post] of together.entries()) {
        const at = slots[index];
        if (at === undefined) throw nothingFree(account, rules, from, taken);
        const bounds = { worthlessAfter: null, approvedUntil: null, ...post };
        refuseWorthless(bounds, at, io.now());
        given.set(post.id, { ...post, due: { at, staleAfterMs: worthlessAfterMs[post.urgency] } });
      }
    }
  }
  return posts.map((post) => given.get(post.id) ?? post);
}

/** @throws Refusal where a network has one of the texts already, or will by then, and would refuse it at its slot. */
export async function refuseRepeatsAmong(sql: Sql, posts: readonly NewPost[]): Promise<void> {
  if (posts.length === 0) return;
  const accounts = new Map<string, AccountRow | null>();
  for (const { accountId } of posts)
    if (!accounts.has(accountId)) accounts.set(accountId, await getAccount(sql, accountId));
  const going = posts.flatMap(({ id, accountId, content, due }) => {
    const account = accounts.get(accountId) ?? null;
    return account === null || due?.at == null ? [] : [{ account, postId: id, parts: content.parts, at: due.at }];
  });
  const twins = await twinsOf(sql, going);
  const faults = going.flatMap(({ account, parts, at }, index) =>
    faultsOf(parts, account, { twins: twins[index] ?? [], at }).filter(({ code }) => code === REFUSED),
  );
  if (faults.length > 0) throw new Refusal('conflict', faults.map(({ message }) => message).join(' '), faults);
}
