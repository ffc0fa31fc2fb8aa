import type { Network } from '../networks/network.ts';
import type { Keyring, Place } from '../secrets/keyring.ts';

/** Where the sealed credentials of an account stand: bound into the seal, so that a row cannot be moved to another. */
function placeOf(accountId: string): Place {
  return { table: 'account', row: accountId, column: 'credentials', account: accountId };
}

/** @throws Error where the key ring does not hold the key, or the row was tampered with. */
export function openCredentials(keyring: Keyring, network: Network, accountId: string, sealed: string): unknown {
  return network.credentials.parse(JSON.parse(keyring.open(sealed, placeOf(accountId))));
}

export function sealCredentials(keyring: Keyring, accountId: string, credentials: unknown): string {
  return keyring.seal(JSON.stringify(credentials), placeOf(accountId));
}
