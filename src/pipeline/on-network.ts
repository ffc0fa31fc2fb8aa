import { Refusal } from '../domain/errors.ts';
import type { Failure } from '../domain/errors.ts';
import type { Network, NetworkIo } from '../networks/network.ts';
import { networkOf } from '../networks/registry.ts';
import { getSealedCredentials } from '../store/account-credentials.ts';
import { markSignedOut } from '../store/account-health.ts';
import type { PostRow } from '../store/post.ts';
import { openCredentials } from './credentials.ts';
import type { Tools } from './tools.ts';

const CHANGE_MS = 30_000;

export type OnNetworkTools = Pick<Tools, 'database' | 'keyring' | 'networkIo' | 'log'>;

/** A post's network, with what a call for its account needs. */
export interface Reached {
  readonly network: Network;
  readonly accountId: string;
  /** The credentials as they are kept, and opened. */
  readonly sealed: string;
  readonly credentials: unknown;
  readonly networkIo: NetworkIo;
}

/** @throws Refusal where the account was removed. */
export async function reachNetwork(
  tools: OnNetworkTools,
  post: Pick<PostRow, 'accountId' | 'network'>,
): Promise<Reached> {
  const network = networkOf(post.network);
  const sealed = await getSealedCredentials(tools.database, post.accountId);
  if (sealed === null || sealed.credentials === '')
    throw new Refusal('conflict', `The account of this post was removed: change it on ${network.profile.name} itself.`);
  const { accountId } = post;
  const credentials = openCredentials(tools.keyring, network, accountId, sealed.credentials);
  const networkIo = tools.networkIo(accountId, AbortSignal.timeout(CHANGE_MS));
  return { network, accountId, sealed: sealed.credentials, credentials, networkIo };
}

/** A network's refusal of a change, as the caller's: worth trying again where the network may answer otherwise then. */
export async function refusalOf(
  { database }: OnNetworkTools,
  { accountId, sealed }: Pick<Reached, 'accountId' | 'sealed'>,
  failure: Failure,
  done: string,
): Promise<Refusal> {
  if (failure.kind === 'signed-out') await markSignedOut(database, accountId, sealed, failure);
  const isFinal = failure.kind === 'refused' || failure.kind === 'signed-out';
  return new Refusal(isFinal ? 'conflict' : 'unavailable', `${failure.detail} ${done}`);
}

/** A network file returns its failures; a throw is a defect of ours, and nobody knows what has left. */
export function thrown(error: unknown): Failure {
  const detail = `standfirst failed while asking: ${String((error as Error).message).slice(0, 1024)}`;
  return { kind: 'unknown', cause: 'internal', detail };
}
