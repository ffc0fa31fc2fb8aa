import type { Network } from '../networks/network.ts';
import type { Keyring } from '../secrets/keyring.ts';
import { placeIn, sealedColumns } from '../secrets/place.ts';

/** @throws Error where the key ring does not hold the key, or the row was tampered with. */
export function openCredentials(keyring: Keyring, network: Network, accountId: string, sealed: string): unknown {
  return network.credentials.parse(JSON.parse(keyring.open(sealed, placeIn(sealedColumns.credentials, accountId))));
}

export function sealCredentials(keyring: Keyring, accountId: string, credentials: unknown): string {
  return keyring.seal(JSON.stringify(credentials), placeIn(sealedColumns.credentials, accountId));
}
