import { networkOf } from '../networks/registry.ts';
import { listAccounts } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import { getPost } from '../store/post.ts';
import type { Caller } from './caller.ts';
import { ApiProblem } from './problem.ts';

/**
 * Test keys reach networks of our own only: nothing they do is ever seen outside. Routes that reach further whatever is asked
 * are shut to them as a whole (`access-table.ts`); this is for those where it depends on what is asked.
 */

/** @throws ApiProblem `not-allowed` where a test key names a network that people see. */
export function mayReach(caller: Caller, network: string): void {
  if (!caller.isTest || networkOf(network).profile.isOwn === true) return;
  throw new ApiProblem('not-allowed', `A test key reaches the sandbox only, not ${network}. Use a live key.`);
}

/** For the part of an open route that is felt outside whichever account it is about. @throws ApiProblem `not-allowed` for a test key. */
export function mayReachOutside(caller: Caller): void {
  if (caller.isTest) throw new ApiProblem('not-allowed', 'A test key reaches the sandbox only. Use a live key.');
}

/** Other posts of a story, and what follows from them, are not the test key's own. @throws ApiProblem `not-allowed` for a test key. */
export function mayTellStory(caller: Caller): void {
  if (!caller.isTest) return;
  throw new ApiProblem('not-allowed', 'A test key adds no post to a story. Leave storyId out, or use a live key.');
}

/** The same for the network of a post. A post that does not exist is for the verb itself to refuse. */
export async function mayReachPost(caller: Caller, sql: Sql, postId: string): Promise<void> {
  if (!caller.isTest) return;
  const post = await getPost(sql, postId);
  if (post !== null) mayReach(caller, post.network);
}

/**
 * The accounts a request may mean.
 * @returns those asked for, after a check; for a test key that asks for none, all on the sandbox.
 */
export async function accountsWithin(
  caller: Caller,
  sql: Sql,
  accountIds: readonly string[] | undefined,
): Promise<string[] | undefined> {
  if (!caller.isTest) return accountIds === undefined ? undefined : [...accountIds];
  const accounts = await listAccounts(sql);
  for (const account of accounts) if (accountIds?.includes(account.id)) mayReach(caller, account.network);
  const reachable = accounts.filter((account) => networkOf(account.network).profile.isOwn === true);
  return accountIds === undefined ? reachable.map((account) => account.id) : [...accountIds];
}
