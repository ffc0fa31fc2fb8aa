import { Refusal } from '../domain/errors.ts';
import type { Failure } from '../domain/errors.ts';
import { networkOf, networks } from '../networks/registry.ts';
import { getSealedCredentials } from '../store/account-credentials.ts';
import { accountSettings, findSame, getAccount, insertAccount } from '../store/account.ts';
import { markCheckBegun, markSignedOut, recordCheck } from '../store/account-health.ts';
import type { AccountRow, AccountSettings } from '../store/account.ts';
import { found } from '../store/database.ts';
import { claimSetting } from '../store/setting.ts';
import { shownName } from '../text/shown-name.ts';
import { announced, askWho, checkOn, credentialsIn } from './ask-who.ts';
import { openCredentials, sealCredentials } from './credentials.ts';
import { putCredentials } from './reconnect.ts';
import type { Tools } from './tools.ts';

export interface AccountRequest {
  readonly network: string;
  /** Empty: the name the network gives. */
  readonly name?: string;
  readonly credentials: unknown;
  readonly settings?: Partial<AccountSettings>;
  /** An account that is there already, by the network's own id and address, gets these credentials and stays itself. */
  readonly replaces?: 'same-remote';
}

/**
 * Connects an account: the credentials are tried on the network first, and kept sealed.
 * @throws Refusal with every fault of the credentials, or the network's own refusal.
 */
export async function addAccount(
  tools: Pick<Tools, 'database' | 'io' | 'keyring' | 'networkIo' | 'publicUrl'>,
  request: AccountRequest,
  actor: string,
): Promise<AccountRow> {
  if (!networks.some((network) => network.profile.id === request.network)) {
    const known = networks.map((network) => network.profile.id).join(', ');
    throw new Refusal('invalid', `There is no network ${request.network}; known are ${known}.`, [
      { pointer: '/network', code: 'unknown-network', message: `must be one of ${known}` },
    ]);
  }
  const network = networkOf(request.network);
  const given = credentialsIn(network, request.credentials);
  const id = tools.io.id('account');
  const who = await askWho(tools, network, id, given);
  const { remoteId, url, expiresAt, limits, powers, missingPermissions: missing } = who;
  return tools.database.transaction(async (sql) => {
    const known = request.replaces === undefined ? null : await findSame(sql, request.network, remoteId, url);
    if (known !== null) return putCredentials(tools, sql, known, { credentials: given, who, resume: false }, actor);
    const name = request.name ?? (shownName(who.handle) || network.profile.name);
    const credentials = sealCredentials(tools.keyring, id, given);
    const settings = accountSettings.parse(request.settings ?? {});
    const { network: networkId } = request;
    return insertAccount(
      sql,
      { id, network: networkId, name, remoteId, url, credentials, expiresAt, limits, powers, settings, missing },
      actor,
    );
  });
}

/** Asks the network who is connected and what is missing, and writes the answer down. */
export async function checkAccount(
  tools: Pick<Tools, 'database' | 'keyring' | 'networkIo' | 'publicUrl'>,
  id: string,
): Promise<AccountRow> {
  const { database } = tools;
  const account = found(await getAccount(database, id), 'account', id);
  const sealed = found(await getSealedCredentials(database, id), 'account', id);
  const network = networkOf(account.network);
  const credentials = openCredentials(tools.keyring, network, id, sealed.credentials);
  const checked = await checkOn(tools, network, id, credentials);
  await database.transaction(async (sql) => {
    if (checked.kind === 'connected') {
      await recordCheck(sql, id, {
        remoteId: checked.remoteId,
        url: checked.url,
        expiresAt: checked.expiresAt,
        ...announced(network, checked.limits, credentials, tools.publicUrl),
        missing: checked.missingPermissions,
      });
    } else if (endsConnection(checked)) await markSignedOut(sql, id, sealed.credentials, checked);
  });
  if (checked.kind !== 'connected' && !endsConnection(checked)) {
    throw new Refusal('unavailable', `${network.profile.name} could not be asked: ${checked.detail}`);
  }
  return found(await getAccount(database, id), 'account', id);
}

/**
 * Whether an answer to a check says that the account cannot post: nobody looks after it then until a person does. Any other
 * refusal is of the question, as a page of maintenance or a limit on the way may give it.
 */
function endsConnection({ kind, cause, code = '' }: Failure): boolean {
  if (kind === 'signed-out') return true;
  const isMoved = /^3\d\d$/.test(code);
  return kind === 'refused' && (cause === 'permission' || (cause === 'config' && !isMoved));
}

/** Job `check`, once a day: who is connected, what is missing, and the limits of the account's own server. */
export async function checkDaily(
  tools: Parameters<typeof checkAccount>[0] & Pick<Tools, 'log'>,
  id: string,
): Promise<void> {
  await markCheckBegun(tools.database, id);
  try {
    await checkAccount(tools, id);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    tools.log.info({ accountId: id, reason: error.message }, 'an account could not be checked');
  }
}

/** The network of our own, so that the whole line can be seen working with no account anywhere. Made once per installation. */
export async function ensureSandbox(tools: Parameters<typeof addAccount>[0]): Promise<void> {
  const own = networks.find((network) => network.profile.isOwn === true);
  if (own === undefined || !(await claimSetting(tools.database, 'sandbox-made', true))) return;
  await addAccount(tools, { network: own.profile.id, name: 'Sandbox', credentials: {} }, 'first-run');
}
