import { networkOf } from '../networks/registry.ts';
import { prepareImage } from '../media/image.ts';
import { SecretError } from '../secrets/keyring.ts';
import { getMediaBytes } from '../store/media.ts';
import type { Tools } from './tools.ts';

/** Long enough for a network in trouble, short enough that an address which leaks is soon worth nothing. */
const VALID_MS = 24 * 3_600_000;

type AddressTools = Pick<Tools, 'keyring' | 'io' | 'publicUrl'>;

/**
 * An address at which one network fetches an image by itself, for a day; null where STANDFIRST_PUBLIC_URL is not set. The
 * token is the end of its validity, sealed: nobody else can make one, or use it for another image.
 */
export function publicAddressOf({ keyring, io, publicUrl }: AddressTools, id: string, network: string): string | null {
  if (publicUrl === null) return null;
  const end = new Date(io.now().getTime() + VALID_MS).toISOString();
  const token = keyring.seal(end, place(id, network));
  return `${publicUrl.replace(/\/+$/, '')}/media/${id}?for=${network}&token=${token}`;
}

/** Whether a token lets this network fetch this image now. */
export function mayFetch(
  { keyring, io }: Omit<AddressTools, 'publicUrl'>,
  id: string,
  network: string,
  token: string,
): boolean {
  try {
    return io.now() <= new Date(keyring.open(token, place(id, network)));
  } catch (error) {
    if (error instanceof SecretError || error instanceof RangeError) return false;
    throw error;
  }
}

/** A kept image as a network takes it; null where it is not here, or the network takes none. */
export async function imageFor(
  { database }: Pick<Tools, 'database'>,
  id: string,
  network: string,
): Promise<{ readonly bytes: Uint8Array; readonly type: string } | null> {
  const rule = networkOf(network).profile.limits.images;
  const kept = rule === null ? null : await getMediaBytes(database, id);
  if (rule === null || kept === null) return null;
  const image = await prepareImage(kept.bytes, rule, '');
  return image.kind === 'image' ? image : null;
}

function place(id: string, network: string) {
  return { table: 'media', row: id, column: 'address', account: network };
}
