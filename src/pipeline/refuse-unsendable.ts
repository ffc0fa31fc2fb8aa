import { Refusal } from '../domain/errors.ts';
import { getAccount } from '../store/account.ts';
import { found, readClock } from '../store/database.ts';
import type { Content, PostRow } from '../store/post.ts';
import { overCap } from './budget.ts';
import { refuseKeptBack } from './correct.ts';
import { faultsAt } from './limits.ts';
import { linksAnswer, shownBy } from './link-answers.ts';
import type { Tools } from './tools.ts';

/**
 * Asks everything that is known to keep a post back which goes out in another's place: readers would have nothing for as long
 * as it waits, and for good where it is refused.
 * @throws Refusal that says in one sentence what it is.
 */
export async function refuseUnsendable(
  tools: Pick<Tools, 'database' | 'http' | 'io'>,
  post: PostRow,
  { parts, link }: Pick<Content, 'parts' | 'link'>,
): Promise<void> {
  const { database } = tools;
  const account = found(await getAccount(database, post.accountId), 'account', post.accountId);
  const refuse = (why: string): never => {
    throw new Refusal('conflict', `Post ${post.id} stays where it is, because the new one could not go out: ${why}`);
  };
  if (account.state !== 'connected') refuse(`account ${account.id} is ${account.state}.`);
  const now = await readClock(database);
  if (account.blockedUntil !== null && account.blockedUntil > now)
    refuse(`its network takes nothing more from account ${account.id} until ${account.blockedUntil.toISOString()}.`);
  await refuseKeptBack(database, { ...post, link }, parts);
  const faults = await faultsAt(database, { account, postId: post.id, parts, at: now });
  if (faults.length > 0) refuse(faults.map(({ message }) => message).join(' '));
  const { network, accountId } = post;
  const sent = { accountId, postId: post.id, network, parts, part: 0 };
  const broke = await overCap(tools, sent, account.settings.monthlyCapMicroUsd);
  if (broke !== null) refuse(broke.detail);
  const dead = account.settings.linkMustAnswer ? await linksAnswer(tools, shownBy({ network, parts, link })) : null;
  if (dead !== null) refuse(dead.detail);
}
