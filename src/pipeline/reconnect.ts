import { Refusal } from '../domain/errors.ts';
import type { Network } from '../networks/network.ts';
import { networkOf } from '../networks/registry.ts';
import { accountLock } from '../store/account-lock.ts';
import { reconnectAccount } from '../store/account-credentials.ts';
import { getAccount } from '../store/account.ts';
import type { AccountRow } from '../store/account.ts';
import { found } from '../store/database.ts';
import type { Sql } from '../store/database.ts';
import { askWho, credentialsIn } from './ask-who.ts';
import type { Who } from './ask-who.ts';
import { sealCredentials } from './credentials.ts';
import type { Tools } from './tools.ts';

type ReconnectTools = Pick<Tools, 'database' | 'io' | 'keyring' | 'networkIo' | 'publicUrl'>;

/** Longest that a refusal names what is on offer. */
const MOST_NAMED = 5;

/**
 * Gives an account other credentials: a token, a key or a password that somebody made anew. They are tried on the network
 * first, and must be those of the account that it was: its posts, its history and its address there stay one. One that
 * was signed out goes on; one that was paused goes on only where that is asked for.
 * @throws Refusal not-found; with every fault of the credentials; in the network's words; conflict where they are
 * another account's; unavailable where the token is being renewed at this moment.
 */
export async function reconnect(
  tools: ReconnectTools,
  id: string,
  request: { credentials: unknown; resume: boolean },
  actor: string,
): Promise<AccountRow> {
  const account = found(await getAccount(tools.database, id), 'account', id);
  const network = networkOf(account.network);
  const credentials = credentialsIn(network, request.credentials);
  const who = await askWho(tools, network, id, credentials);
  if (!isSame(account, who)) throw another(account, network, who);
  return put(tools, account, { credentials, who, resume: request.resume }, actor);
}

/**
 * The same with what a person agreed to on the network's page: of the accounts on offer, the one that it was.
 * @throws Refusal conflict where none of them is that one.
 */
export async function reconnectByConsent(
  tools: ReconnectTools,
  id: string,
  candidates: readonly { readonly name: string; readonly credentials: unknown }[],
  resume: boolean,
  actor: string,
): Promise<AccountRow> {
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0)
    return reconnect(tools, id, { credentials: only.credentials, resume }, actor);
  const account = found(await getAccount(tools.database, id), 'account', id);
  const network = networkOf(account.network);
  for (const { credentials } of candidates) {
    const who = await askWho(tools, network, id, credentials);
    if (isSame(account, who)) return put(tools, account, { credentials, who, resume }, actor);
  }
  const names = candidates.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = candidates.length > MOST_NAMED ? ` and ${candidates.length - MOST_NAMED} more` : '';
  throw new Refusal(
    'conflict',
    `${network.profile.name} offered ${names.join(', ') || 'no account'}${more}, and none is ${known(account)}. ${HELP}`,
  );
}

export interface Given {
  readonly credentials: unknown;
  readonly who: Who;
  /** Whether a paused account goes on. */
  readonly resume: boolean;
}

/** Writes credentials that were tried and found to be the account's own. */
export async function putCredentials(
  { keyring }: Pick<Tools, 'keyring'>,
  sql: Sql,
  { id }: Pick<AccountRow, 'id'>,
  { credentials, who, resume }: Given,
  actor: string,
): Promise<AccountRow> {
  const sealed = sealCredentials(keyring, id, credentials);
  const { expiresAt, limits, powers, url, missingPermissions: missing } = who;
  return reconnectAccount(sql, id, { credentials: sealed, expiresAt, limits, powers, url, missing, resume }, actor);
}

/** Not while a worker renews the old ones: what it got would be written over these. */
async function put(tools: ReconnectTools, account: AccountRow, given: Given, actor: string): Promise<AccountRow> {
  let row: AccountRow | undefined;
  await accountLock(tools.database, account.id, async (sql) => {
    row = await putCredentials(tools, sql, account, given, actor);
  });
  if (row !== undefined) return row;
  throw new Refusal('unavailable', `The token of ${account.name} is being renewed just now: try again in a moment.`);
}

/** By its id on the network and by the server, which its address names. The rest of an address changes with a name. */
function isSame(account: Pick<AccountRow, 'remoteId' | 'url'>, who: Who): boolean {
  if (account.remoteId !== who.remoteId) return false;
  return account.url === null || who.url === null || hostOf(account.url) === hostOf(who.url);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

const HELP = 'Sign in there as that account, or add the other one as an account of its own.';

function another(account: AccountRow, network: Network, { handle, url, remoteId }: Who): Refusal {
  const message = `These credentials are those of ${handle} (${url ?? remoteId}) on ${network.profile.name}, and not of ${known(account)}. ${HELP}`;
  return new Refusal('conflict', message, [
    { pointer: '/credentials', code: 'another-account', message: `must be those of ${known(account)}` },
  ]);
}

function known({ name, url, remoteId }: Pick<AccountRow, 'name' | 'url' | 'remoteId'>): string {
  return `${name} (${url ?? remoteId ?? 'never seen there'})`;
}
