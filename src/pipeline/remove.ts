import { Refusal } from '../domain/errors.ts';
import type { Failure } from '../domain/errors.ts';
import { powersOf } from '../networks/way.ts';
import { found } from '../store/database.ts';
import { getPost } from '../store/post.ts';
import { listLiveParts, recordPartRemoved, recordRemoved, takePublished } from '../store/published.ts';
import { reachNetwork, refusalOf, thrown } from './on-network.ts';
import type { OnNetworkTools } from './on-network.ts';
import { quiet } from './secret-values.ts';

/**
 * Takes a post off its network, or what is out of a thread that was cut, the last part first. What is gone is written down
 * even where the next part fails, and asking again goes on from there: removing twice is removing once.
 * No hold and no embargo keeps that back: they are about what readers get to see, and whoever holds everything may well want
 * to take down what should not have gone out.
 * @throws Refusal where the network cannot, the post is not out, or the network refuses.
 */
export async function removePost(
  tools: OnNetworkTools,
  id: string,
  version: number | null,
  reason: string | null,
  actor: string,
): Promise<void> {
  const { database } = tools;
  const post = found(await getPost(database, id), 'post', id);
  const reached = await reachNetwork(tools, post);
  const { network, credentials, networkIo } = reached;
  const { name } = network.profile;
  const powers = powersOf(network.profile, post.accountPowers);
  const { remove } = network;
  if (!powers.remove || remove === undefined)
    throw new Refusal('conflict', `${name} cannot remove a post for us: remove it there yourself.`);
  const result = await database.transaction(async (sql): Promise<{ failure: Failure; left: number } | null> => {
    await takePublished(sql, id, 'remove', version);
    const parts = await listLiveParts(sql, id);
    for (const [index, { attemptId, receipt }] of parts.toReversed().entries()) {
      if (receipt === null) {
        const detail = `Nobody knows the post’s id on ${name}: remove it there yourself.`;
        return { failure: { kind: 'refused', cause: 'config', detail }, left: parts.length - index };
      }
      const answer = await remove.call(network, receipt, credentials, networkIo).catch(thrown);
      const outcome = quiet(answer, network.credentials, credentials);
      if (outcome.kind !== 'published') return { failure: outcome, left: parts.length - index };
      await recordPartRemoved(sql, attemptId, actor);
    }
    await recordRemoved(sql, id, reason, actor);
    return null;
  });
  if (result === null) return;
  const still = result.left === 1 ? 'One message is' : `${result.left} messages are`;
  throw await refusalOf(tools, reached, result.failure, `${still} still on ${name}.`);
}
