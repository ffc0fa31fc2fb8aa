import type { Fault } from '../domain/errors.ts';
import { limitsFor } from '../domain/limits.ts';
import type { Limits } from '../domain/limits.ts';
import type { Part } from '../domain/post.ts';
import { networkOf } from '../networks/registry.ts';
import type { AccountRow, AccountSettings } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import type { PostRow } from '../store/post.ts';
import { publishedWith, twinsWith } from '../store/repeats.ts';
import type { TwinAsk } from '../store/repeats.ts';
import { preflight } from '../text/preflight.ts';
import type { Target } from '../text/preflight.ts';
import { linksOf, repeatsOf, tracesOf } from '../text/repeats.ts';
import type { Twin } from '../text/repeats.ts';

/** What of an account decides what it takes. */
export type LimitedAccount = Pick<AccountRow, 'network' | 'limits'> & {
  readonly settings?: Pick<AccountSettings, 'repeatHours'>;
};

/** The limits that hold for an account: its network's, or what its own server announced. */
export function limitsOf({ network, limits, settings }: LimitedAccount): Limits {
  return limitsFor(networkOf(network).profile.limits, limits as Partial<Limits> | null, settings?.repeatHours ?? null);
}

/**
 * Everything that the account's network would refuse about these parts, all at once.
 * @param when what is known of its other posts, and the time at which this one would go out.
 */
export function faultsOf(
  parts: readonly Part[],
  account: LimitedAccount,
  when: Pick<Target, 'twins' | 'at'> = {},
): Fault[] {
  const { name, powers } = networkOf(account.network).profile;
  return preflight(parts, { name, limits: limitsOf(account), threads: powers.threads, ...when });
}

/** Texts that would go out on an account at a time. */
export interface Going {
  readonly account: LimitedAccount & Pick<AccountRow, 'id'>;
  /** Null where the post is not written yet. */
  readonly postId: string | null;
  readonly parts: readonly Pick<Part, 'text'>[];
  readonly at: Date;
}

/** For each the posts of its account with one of the same texts; nobody looks where the network does not mind. */
export async function twinsOf(sql: Sql, going: readonly Going[]): Promise<Twin[][]> {
  const asks = going.map((one) => twinAskOf(one));
  const minded = asks.filter((ask) => ask !== null);
  const found = await twinsWith(sql, minded);
  const byAsk = new Map(minded.map((ask, index) => [ask, found[index] ?? []]));
  return asks.map((ask) => (ask === null ? [] : (byAsk.get(ask) ?? [])));
}

/** What to look for; null where the network does not mind. */
export function twinAskOf({ account, postId, parts, at }: Going): TwinAsk | null {
  const { repeats } = limitsOf(account);
  if (repeats === undefined) return null;
  return {
    accountId: account.id,
    postId,
    texts: parts.map(({ text }) => text),
    at,
    lastOnly: repeats.untilNext === true,
  };
}

/** `faultsOf` for a post that would go out at `at`, with what else is out or on its way on its account. */
export async function faultsAt(
  sql: Sql,
  post: Omit<Going, 'parts'> & { readonly parts: readonly Part[] },
): Promise<Fault[]> {
  const [twins = []] = await twinsOf(sql, [post]);
  return faultsOf(post.parts, post.account, { twins, at: post.at });
}

/** What of a post went out on its account before. For a person to know: nothing is refused for it. */
export async function repeatsIn(
  sql: Sql,
  post: Pick<PostRow, 'id' | 'accountId' | 'link'> & { readonly parts: readonly Pick<Part, 'text' | 'card'>[] },
): Promise<Fault[]> {
  const texts = post.parts.map(({ text }) => text);
  return repeatsOf(post, await publishedWith(sql, post.accountId, post.id, texts, tracesOf(linksOf(post))));
}
