import type { core } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import type { Network } from '../networks/network.ts';
import { networkOf, networks } from '../networks/registry.ts';
import {
  accountSettings,
  findSame,
  getAccount,
  getSealedCredentials,
  insertAccount,
  markCheckBegun,
  markSignedOut,
  reconnectAccount,
  recordCheck,
  removeAccount as wipe,
} from '../store/account.ts';
import type { AccountRow, AccountSettings } from '../store/account.ts';
import { found } from '../store/database.ts';
import { claimSetting } from '../store/setting.ts';
import { openCredentials, sealCredentials } from './credentials.ts';
import { quiet } from './secret-values.ts';
import type { Tools } from './tools.ts';

const CHECK_MS = 30_000;

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
  const parsed = network.credentials.safeParse(request.credentials);
  if (!parsed.success) throw credentialFaults(network, parsed.error.issues, '/credentials');
  const id = tools.io.id('account');
  const networkIo = tools.networkIo(id, AbortSignal.timeout(CHECK_MS));
  const checked = quiet(await network.check(parsed.data, networkIo), network.credentials, parsed.data);
  if (checked.kind !== 'connected')
    throw new Refusal('invalid', `${network.profile.name} did not accept the account: ${checked.detail}`);
  const { remoteId, url, expiresAt } = checked;
  const limits = announced(network, checked.limits, tools.publicUrl);
  return tools.database.transaction(async (sql) => {
    const known = request.replaces === undefined ? null : await findSame(sql, request.network, remoteId, url);
    if (known !== null) {
      const sealed = sealCredentials(tools.keyring, known.id, parsed.data);
      await reconnectAccount(sql, known.id, { credentials: sealed, expiresAt, limits }, actor);
      return found(await getAccount(sql, known.id), 'account', known.id);
    }
    const name = request.name ?? checked.handle;
    const credentials = sealCredentials(tools.keyring, id, parsed.data);
    const settings = accountSettings.parse(request.settings ?? {});
    const { network: networkId } = request;
    return insertAccount(
      sql,
      { id, network: networkId, name, remoteId, url, credentials, expiresAt, limits, settings },
      actor,
    );
  });
}

/**
 * What holds for this account rather than for its network: its server's own limits; and text and link only, where the
 * network fetches images by itself and cannot reach this installation. Null where there is nothing to say.
 */
function announced(
  { profile }: Network,
  limits: Partial<Limits> | undefined,
  publicUrl: string | null,
): Record<string, unknown> | null {
  const { images } = profile.limits;
  if (images?.byAddress !== true) return limits === undefined ? null : { ...limits };
  return { images: publicUrl === null ? null : images, ...limits };
}

/** What is wrong with the fields that an account or an app must give, all at once; `pointer` is where they stand. */
export function credentialFaults(network: Network, issues: readonly core.$ZodIssue[], pointer: string): Refusal {
  const faults = issues.map((issue) => ({
    pointer: `${pointer}${issue.path.map((step) => `/${String(step)}`).join('')}`,
    code: issue.code,
    message: issue.message,
  }));
  const said = faults.map((fault) => fault.message).join(' ');
  return new Refusal('invalid', `The credentials for ${network.profile.name} are not right: ${said}`, faults);
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
  const networkIo = tools.networkIo(id, AbortSignal.timeout(CHECK_MS));
  const checked = quiet(await network.check(credentials, networkIo), network.credentials, credentials);
  await database.transaction(async (sql) => {
    if (checked.kind === 'connected') {
      await recordCheck(sql, id, {
        remoteId: checked.remoteId,
        url: checked.url,
        expiresAt: checked.expiresAt,
        limits: announced(network, checked.limits, tools.publicUrl),
        missing: checked.missingPermissions,
      });
    } else if (checked.kind === 'signed-out' || checked.kind === 'refused') await markSignedOut(sql, id, checked);
  });
  if (checked.kind === 'down' || checked.kind === 'limited' || checked.kind === 'unknown') {
    throw new Refusal('unavailable', `${network.profile.name} could not be asked: ${checked.detail}`);
  }
  return found(await getAccount(database, id), 'account', id);
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

export async function removeAccount({ database }: Pick<Tools, 'database'>, id: string, actor: string): Promise<void> {
  const removed = await database.transaction((sql) => wipe(sql, id, actor));
  if (!removed) throw new Refusal('not-found', `There is no account ${id}.`);
}

/** The network of our own, so that the whole line can be seen working with no account anywhere. Made once per installation. */
export async function ensureSandbox(tools: Parameters<typeof addAccount>[0]): Promise<void> {
  const own = networks.find((network) => network.profile.isOwn === true);
  if (own === undefined || !(await claimSetting(tools.database, 'sandbox-made', true))) return;
  await addAccount(tools, { network: own.profile.id, name: 'Sandbox', credentials: {} }, 'first-run');
}
