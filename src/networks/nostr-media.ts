import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import type { ImageRule } from '../domain/limits.ts';
import { ask } from './ask.ts';
import type { Image, NetworkIo } from './network.ts';
import { signedUpload } from './nostr-event.ts';
import { beforePosting, failure, failureOfStatus } from './outcome.ts';

/** Longest address of a picture; it stands in the note's text, where it takes this much room. */
const MAX_ADDRESS = 199;
/** A signature for an upload is worth nothing after this. */
const VALID_MS = 5 * 60_000;

/** Media servers differ; this is what the common ones take. The number is ours: each address takes room in the text. */
const rule = {
  max: 4,
  maxBytes: 5_000_000,
  types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  maxAlt: 1000,
} as const satisfies ImageRule;

/** What a note of at most `max` code points takes of images; null where their addresses would leave no room for words. */
export function imagesWithin(max: number): (ImageRule & { readonly maxText: number }) | null {
  const maxText = max - rule.max * (MAX_ADDRESS + 1);
  return maxText > 0 ? { ...rule, maxText } : null;
}

/** A picture on a media server, which keeps it by the hash of its bytes. */
export interface KeptPicture {
  readonly url: string;
  readonly hash: string;
  readonly image: Image;
}

const descriptor = z.object({ url: z.url({ protocol: /^https?$/ }).max(MAX_ADDRESS), sha256: z.string() });
const refusal = z.object({ message: z.string() });

/** Keeps pictures on a Blossom server, in order: https://github.com/hzrd149/blossom/blob/master/buds/02.md */
export async function uploadPictures(
  images: readonly Image[],
  server: string,
  privateKey: string,
  io: NetworkIo,
): Promise<KeptPicture[] | Failure> {
  const kept: KeptPicture[] = [];
  for (const image of images) {
    const hash = createHash('sha256').update(image.bytes).digest('hex');
    const end = new Date(io.now().getTime() + VALID_MS);
    const signed = await signedUpload(hash, io.now(), end, privateKey);
    const headers = {
      authorization: `Nostr ${Buffer.from(JSON.stringify(signed)).toString('base64')}`,
      'content-type': image.type,
      'x-sha-256': hash,
    };
    const body = new Uint8Array(image.bytes);
    const reply = await ask(io, `${server}/upload`, { method: 'PUT', headers, body });
    if (reply.kind !== 'reply') return beforePosting(reply);
    if (reply.status !== 200 && reply.status !== 201) {
      const general = beforePosting(failureOfStatus(reply, io.now()));
      const said = refusal.safeParse(reply.json).data?.message ?? general.detail;
      const detail = `The media server ${server}: ${said}`;
      // The key that signs is the account itself: what a media server makes of it says nothing of the relays.
      const isRefused = general.kind === 'refused' || general.kind === 'signed-out';
      return isRefused ? failure('refused', 'media_rejected', detail, { code: String(reply.status) }) : general;
    }
    const place = descriptor.safeParse(reply.json);
    if (!place.success || place.data.sha256 !== hash) {
      return failure('refused', 'media_rejected', `The media server ${server} did not say where it keeps the image.`);
    }
    kept.push({ url: place.data.url, hash, image });
  }
  return kept;
}
