import type { Failure } from '../domain/errors.ts';
import type { Part } from '../domain/post.ts';
import { networkOf } from '../networks/registry.ts';
import { priceOf } from '../networks/price.ts';
import { spendingOf } from '../store/cost.ts';
import { dollars } from '../text/notices.ts';
import type { Tools } from './tools.ts';

/**
 * Whether a claimed post would take its account past the monthly cap: null where it may go out. Messages of other posts
 * that are under way count as spent, so that two posts at once cannot pass the cap together.
 */
export async function overCap(
  { database }: Pick<Tools, 'database'>,
  post: { accountId: string; postId: string; network: string; parts: readonly Part[]; part: number },
  capMicroUsd: number | null,
): Promise<Failure | null> {
  const { profile } = networkOf(post.network);
  const price = priceOf(profile, post.parts.slice(post.part));
  if (capMicroUsd === null || price === 0) return null;
  const { spent, underWay } = await spendingOf(database, post.accountId, post.postId);
  const taken =
    spent +
    priceOf(
      profile,
      underWay.map((text) => ({ text })),
    );
  if (taken + price <= capMicroUsd) return null;
  const detail =
    `Not sent: this post costs ${dollars(price)}, and ${dollars(taken)} of the account’s ${dollars(capMicroUsd)} for ` +
    `this month are spent. Raise the cap, or wait for the next month (UTC).`;
  return { kind: 'refused', cause: 'out_of_credit', detail };
}
