import type { Fault } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { Part } from '../domain/post.ts';
import { networkOf } from '../networks/registry.ts';
import type { AccountRow } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import type { PostRow } from '../store/post.ts';
import { publishedWith } from '../store/repeats.ts';
import { preflight } from '../text/preflight.ts';
import { linksOf, repeatsOf } from '../text/repeats.ts';

/** The limits that hold for an account: its network's, or what its own server announced. */
export function limitsOf(account: Pick<AccountRow, 'network' | 'limits'>): Limits {
  return { ...networkOf(account.network).profile.limits, ...(account.limits as Partial<Limits> | null) };
}

/** Everything that the account's network would refuse about these parts, all at once. */
export function faultsOf(parts: readonly Part[], account: Pick<AccountRow, 'network' | 'limits'>): Fault[] {
  const { name, powers } = networkOf(account.network).profile;
  return preflight(parts, { name, limits: limitsOf(account), threads: powers.threads });
}

/** What of a post went out on its account before. For a person to know: nothing is refused for it. */
export async function repeatsIn(
  sql: Sql,
  post: Pick<PostRow, 'id' | 'accountId' | 'link'> & { readonly parts: readonly Pick<Part, 'text' | 'card'>[] },
): Promise<Fault[]> {
  const texts = post.parts.map(({ text }) => text);
  return repeatsOf(post, await publishedWith(sql, post.accountId, post.id, texts, [...linksOf(post)]));
}
