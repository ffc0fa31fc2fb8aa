import type { Fault } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { Part } from '../domain/post.ts';
import { networkOf } from '../networks/registry.ts';
import type { AccountRow } from '../store/account.ts';
import { preflight } from '../text/preflight.ts';

/** The limits that hold for an account: its network's, or what its own server announced. */
export function limitsOf(account: Pick<AccountRow, 'network' | 'limits'>): Limits {
  return { ...networkOf(account.network).profile.limits, ...(account.limits as Partial<Limits> | null) };
}

/** Everything that the account's network would refuse about these parts, all at once. */
export function faultsOf(parts: readonly Part[], account: Pick<AccountRow, 'network' | 'limits'>): Fault[] {
  const { name, powers } = networkOf(account.network).profile;
  return preflight(parts, { name, limits: limitsOf(account), threads: powers.threads });
}
