import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import type { Connect, Network } from '../networks/network.ts';
import { networkOf } from '../networks/registry.ts';
import type { Place } from '../secrets/keyring.ts';
import { hashToken, makeToken } from '../secrets/token.ts';
import { getAccount } from '../store/account.ts';
import type { AccountRow } from '../store/account.ts';
import { insertConnection, takeConnection } from '../store/connection.ts';
import type { ConnectionRow, NewConnection } from '../store/connection.ts';
import { found } from '../store/database.ts';
import { addAccount } from './accounts.ts';
import { credentialFaults, notTaken } from './ask-who.ts';
import { reconnectByConsent } from './reconnect.ts';
import { quiet } from './secret-values.ts';
import type { Tools } from './tools.ts';

type ConnectTools = Pick<Tools, 'database' | 'keyring' | 'io' | 'networkIo' | 'publicUrl'>;

/** How long a person may take on the network's page, and again to choose: security.md 2. */
const LIFE_MS = 10 * 60_000;
const REQUEST_MS = 30_000;

/** The account that is connected anew; null where it is a new one. */
const target = z.object({ accountId: z.string(), resume: z.boolean() }).nullable();
const asked = z.object({
  app: z.unknown(),
  redirectUri: z.string(),
  verifier: z.string(),
  // What was begun before this release has none.
  target: target.default(null),
});
const granted = z.object({ candidates: z.array(z.object({ name: z.string(), credentials: z.unknown() })) });

export type Landed =
  | { readonly kind: 'connected'; readonly network: string; readonly accounts: readonly AccountRow[] }
  /** The token is for `chooseAccounts`, the names are those of the accounts on offer, in order. */
  | { readonly kind: 'choose'; readonly network: string; readonly token: string; readonly names: readonly string[] };

export interface ConnectionRequest {
  readonly network: string;
  readonly app: unknown;
  readonly redirectUri: string;
  /** An account that is there already, to be connected anew; empty: a new one. */
  readonly accountId?: string | undefined;
  /** Whether that account goes on where it was paused. */
  readonly resume: boolean;
}

/**
 * Begins to connect an account by consent: OAuth 2 with PKCE and a state that is good for one use and ten minutes.
 * @returns the page to send the person to.
 * @throws Refusal with every fault of the app's fields, or the network's own refusal; where the account named is not there,
 * or is on another network.
 */
export async function beginConnection(
  tools: ConnectTools,
  request: ConnectionRequest,
  actor: string,
): Promise<{ url: string; expiresAt: Date }> {
  const network = networkOf(request.network);
  const connect = connectOf(network);
  const app = connect.app.safeParse(request.app);
  if (!app.success) throw credentialFaults(network, app.error.issues, '/app');
  const target = await targetOf(tools, request);
  const state = makeToken();
  const verifier = makeToken().token;
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const { redirectUri } = request;
  const io = tools.networkIo('connection', AbortSignal.timeout(REQUEST_MS));
  const begun = quiet(
    await connect.begin(app.data, { redirectUri, state: state.token, challenge }, io),
    connect.app,
    app.data,
  );
  if (begun.kind !== 'begun') throw notTaken(network, begun);
  await keep(tools, state.hash, request.network, actor, 'asked', { app: begun.app, redirectUri, verifier, target });
  return { url: begun.url, expiresAt: new Date(tools.io.now().getTime() + LIFE_MS) };
}

/**
 * The person came back from the network's page. One account on offer is connected at once; of several, some are chosen. An
 * account that is to be connected anew is found among them.
 * @param caller id of the member who is signed in in that browser, or null.
 * @throws Refusal where the state is not one of ours, was used, has run out, or is another member's; conflict where the
 * account that was to be connected anew is not on offer.
 */
export async function landConnection(
  tools: ConnectTools,
  given: { state: string; code: string },
  caller: string | null,
): Promise<Landed> {
  const row = await take(tools, given.state, 'asked', caller);
  const network = networkOf(row.network);
  const { app, redirectUri, verifier, target } = asked.parse(open(tools, hashToken(given.state), row));
  const io = tools.networkIo('connection', AbortSignal.timeout(REQUEST_MS));
  const connect = connectOf(network);
  const finished = quiet(await connect.finish(app, { code: given.code, redirectUri, verifier }, io), connect.app, app);
  if (finished.kind !== 'granted') throw notTaken(network, finished);
  const { candidates } = finished;
  if (target !== null) {
    const account = await reconnectByConsent(tools, target.accountId, candidates, target.resume, row.actor);
    return { kind: 'connected', network: network.profile.name, accounts: [account] };
  }
  if (candidates.length > 1) {
    const { token, hash } = makeToken();
    await keep(tools, hash, row.network, row.actor, 'granted', { candidates });
    return { kind: 'choose', network: network.profile.name, token, names: candidates.map(({ name }) => name) };
  }
  const accounts = await addAll(tools, row, candidates);
  return { kind: 'connected', network: network.profile.name, accounts };
}

/** Connects the chosen ones of the accounts on offer. @param chosen their places in the list, from 0. */
export async function chooseAccounts(
  tools: ConnectTools,
  given: { token: string; chosen: readonly number[] },
  caller: string | null,
): Promise<readonly AccountRow[]> {
  const row = await take(tools, given.token, 'granted', caller);
  const { candidates } = granted.parse(open(tools, hashToken(given.token), row));
  return addAll(
    tools,
    row,
    candidates.filter((_candidate, place) => given.chosen.includes(place)),
  );
}

async function addAll(
  tools: ConnectTools,
  row: ConnectionRow,
  candidates: readonly { readonly credentials: unknown }[],
): Promise<AccountRow[]> {
  const accounts: AccountRow[] = [];
  for (const { credentials } of candidates) {
    accounts.push(await addAccount(tools, { network: row.network, credentials, replaces: 'same-remote' }, row.actor));
  }
  return accounts;
}

async function targetOf(
  tools: ConnectTools,
  { network, accountId, resume }: ConnectionRequest,
): Promise<z.infer<typeof target>> {
  if (accountId === undefined) return null;
  const account = found(await getAccount(tools.database, accountId), 'account', accountId);
  if (account.network === network) return { accountId, resume };
  throw new Refusal('invalid', `${account.name} is an account on ${account.network}, not on ${network}.`, [
    { pointer: '/network', code: 'another-network', message: `must be ${account.network}` },
  ]);
}

function connectOf(network: Network): Connect {
  if (network.connect !== undefined) return network.connect;
  const { id, name } = network.profile;
  throw new Refusal('invalid', `${name} has no page of consent: add the account with its key or token instead.`, [
    { pointer: '/network', code: 'no-consent', message: `${id} is connected by a key or a token` },
  ]);
}

async function keep(
  tools: ConnectTools,
  tokenHash: string,
  network: string,
  actor: string,
  phase: NewConnection['phase'],
  secret: object,
): Promise<void> {
  const sealed = tools.keyring.seal(JSON.stringify(secret), placeOf(tokenHash));
  await insertConnection(tools.database, { tokenHash, network, actor, phase, sealed, lifeMs: LIFE_MS });
}

async function take(
  tools: ConnectTools,
  token: string,
  phase: NewConnection['phase'],
  caller: string | null,
): Promise<ConnectionRow> {
  const row = await takeConnection(tools.database, hashToken(token), phase);
  if (row === null) {
    throw new Refusal(
      'not-found',
      'This connection was finished, has run out after 10 minutes, or was never begun. Begin again.',
    );
  }
  // Begun by a key, as the command line does, any browser may come back; begun by a member, only that member's.
  if (row.actor.startsWith('user_') && row.actor !== caller) {
    throw new Refusal('not-allowed', 'Another member began this connection. Sign in as that member, or begin again.');
  }
  return row;
}

function open(tools: ConnectTools, tokenHash: string, row: ConnectionRow): unknown {
  return JSON.parse(tools.keyring.open(row.sealed, placeOf(tokenHash)));
}

function placeOf(tokenHash: string): Place {
  return { table: 'connection', row: tokenHash, column: 'sealed', account: 'none' };
}
