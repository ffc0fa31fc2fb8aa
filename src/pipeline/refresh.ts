import type { Failure } from '../domain/errors.ts';
import type { Network, Refreshed } from '../networks/network.ts';
import { networkOf } from '../networks/registry.ts';
import { accountLock } from '../store/account-lock.ts';
import { getSealedCredentials, replaceCredentials } from '../store/account-credentials.ts';
import { getAccount } from '../store/account.ts';
import { markLookedAt, markSignedOut, warnOfExpiry } from '../store/account-health.ts';
import type { AccountRow } from '../store/account.ts';
import type { Sql } from '../store/database.ts';
import { openCredentials, sealCredentials } from './credentials.ts';
import { quiet } from './secret-values.ts';
import type { Tools } from './tools.ts';

type RefreshTools = Pick<Tools, 'database' | 'keyring' | 'networkIo' | 'io' | 'log'>;

const REFRESH_MS = 30_000;
/** A refused renewal signs out at once where less than this is left. */
const GRACE_MS = 3_600_000;
/** A connection that only a person can renew is told of this long before its end. */
const WARN_AHEAD_MS = 14 * 86_400_000;

/**
 * Renews an account's token ahead of its end, one process at a time: a refresh token is often good for one use, so the
 * new one is stored before anything uses it. Another process that is at it already makes this a no-op. Where the network
 * renews nothing, the end is announced, and once it has come the account is signed out.
 */
export async function refresh(tools: RefreshTools, accountId: string): Promise<void> {
  await accountLock(tools.database, accountId, async (sql) => {
    const account = await getAccount(sql, accountId);
    const sealed = await getSealedCredentials(sql, accountId);
    if (account === null || sealed === null || sealed.credentials === '') return;
    const network = networkOf(account.network);
    const renewed = await renewInto(tools, sql, account, sealed.credentials);
    if (renewed === null) return;
    if (renewed.kind === 'not-needed') return announceEnd(sql, account, network, sealed.credentials, tools.io.now());
    tools.log.warn({ accountId, failure: renewed }, 'a token could not be renewed');
    const isRefused = renewed.kind === 'signed-out' || renewed.kind === 'refused';
    if (!isRefused) return markLookedAt(sql, accountId);
    const leftMs = (account.expiresAt?.getTime() ?? 0) - tools.io.now().getTime();
    // What it has is good for a while yet: time for a person to connect it anew.
    if (leftMs > GRACE_MS) return announceEnd(sql, account, network, sealed.credentials, tools.io.now());
    return markSignedOut(sql, accountId, sealed.credentials, renewed);
  });
}

/**
 * After a refusal of credentials that can be renewed: renews them, unless somebody has meanwhile.
 * @returns whether the account has others now than those that were refused, or is being given them by another process.
 */
export async function renewRefused(tools: RefreshTools, accountId: string, refused: string): Promise<boolean> {
  let hasOthers = false;
  const isMine = await accountLock(tools.database, accountId, async (sql) => {
    const account = await getAccount(sql, accountId);
    const sealed = await getSealedCredentials(sql, accountId);
    if (account === null || sealed === null || sealed.credentials === '') return;
    hasOthers = sealed.credentials !== refused || (await renewInto(tools, sql, account, refused)) === null;
  });
  return hasOthers || !isMine;
}

/** @returns null once the new credentials are stored; else why there are none. */
async function renewInto(
  tools: RefreshTools,
  sql: Sql,
  { id, network: networkId }: AccountRow,
  sealed: string,
): Promise<Exclude<Refreshed<unknown>, { kind: 'refreshed' }> | null> {
  const network = networkOf(networkId);
  const renewed = await renew(tools, network, id, sealed);
  if (renewed.kind !== 'refreshed') return renewed;
  // Parsed again: an empty token never overwrites a credential.
  const checked = network.credentials.parse(renewed.credentials);
  await replaceCredentials(sql, id, sealCredentials(tools.keyring, id, checked), renewed.expiresAt);
  return null;
}

async function renew(
  tools: RefreshTools,
  network: Network,
  accountId: string,
  sealed: string,
): Promise<Refreshed<unknown>> {
  if (network.refresh === undefined) return { kind: 'not-needed' };
  const credentials = openCredentials(tools.keyring, network, accountId, sealed);
  const networkIo = tools.networkIo(accountId, AbortSignal.timeout(REFRESH_MS));
  return quiet(await network.refresh(credentials, networkIo), network.credentials, credentials);
}

async function announceEnd(sql: Sql, account: AccountRow, network: Network, sealed: string, now: Date): Promise<void> {
  const { id, name, expiresAt } = account;
  if (expiresAt === null) return;
  const day = expiresAt.toISOString().slice(0, 10);
  if (expiresAt <= now) {
    const detail = `The connection of ${name} to ${network.profile.name} ended on ${day}. Connect it anew.`;
    const failure: Failure = { kind: 'signed-out', cause: 'auth_expired', detail };
    await markSignedOut(sql, id, sealed, failure);
  } else if (expiresAt.getTime() - now.getTime() <= WARN_AHEAD_MS) {
    const detail = `The connection of ${name} to ${network.profile.name} ends on ${day}. Connect it anew before.`;
    await warnOfExpiry(sql, id, detail);
  } else await markLookedAt(sql, id);
}
