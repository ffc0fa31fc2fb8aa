import { networkOf } from '../networks/registry.ts';
import { getSealedCredentials, markSignedOut, replaceCredentials } from '../store/account.ts';
import { openCredentials, sealCredentials } from './credentials.ts';
import type { Tools } from './tools.ts';
import { accountLock } from '../store/account-lock.ts';

const REFRESH_MS = 30_000;

/**
 * Renews an account's token ahead of its end, one process at a time: a refresh token is often good for one use, so the
 * new one is stored before anything uses it. Another process that is at it already makes this a no-op.
 */
export async function refresh(
  tools: Pick<Tools, 'database' | 'keyring' | 'networkIo' | 'log'>,
  accountId: string,
): Promise<void> {
  await accountLock(tools.database, accountId, async (sql) => {
    const account = await getSealedCredentials(sql, accountId);
    if (account === null || account.credentials === '') return;
    const network = networkOf(account.network);
    if (network.refresh === undefined) return;
    const credentials = openCredentials(tools.keyring, network, accountId, account.credentials);
    const renewed = await network.refresh(credentials, tools.networkIo(accountId, AbortSignal.timeout(REFRESH_MS)));
    if (renewed.kind === 'not-needed') return;
    if (renewed.kind === 'refreshed') {
      // Parsed again: an empty token never overwrites a credential.
      const checked = network.credentials.parse(renewed.credentials);
      await replaceCredentials(sql, accountId, sealCredentials(tools.keyring, accountId, checked), renewed.expiresAt);
      return;
    }
    tools.log.warn({ accountId, failure: renewed }, 'a token could not be renewed');
    if (renewed.kind === 'signed-out' || renewed.kind === 'refused') await markSignedOut(sql, accountId, renewed);
  });
}
