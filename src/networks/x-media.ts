import type { Failure } from '../domain/errors.ts';
import type { Reply } from './ask.ts';
import type { Image, NetworkIo } from './network.ts';
import { failure } from './outcome.ts';
import { askX } from './x-client.ts';
import type { XIdentity } from './x-client.ts';

/** https://docs.x.com/x-api/media/introduction */
export const mediaTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const;

/**
 * Uploads images with their alternative text, in order; answers their ids, or the answer that ended it. An upload is in
 * three requests, and text goes apart: https://docs.x.com/x-api/media/introduction. OAuth 2 needs the scope media.write.
 */
export async function uploadImages(
  images: readonly Image[],
  identity: XIdentity,
  io: NetworkIo,
  server: string | undefined,
): Promise<readonly string[] | Reply | Failure> {
  const ids: string[] = [];
  for (const [index, image] of images.entries()) {
    const type = mediaTypes.find((one) => one === image.type);
    if (type === undefined) {
      return failure('refused', 'media_rejected', `X takes ${mediaTypes.join(', ')}, not ${image.type}.`);
    }
    const answer = await askX(identity, io, server, async (client) => {
      const id = await client.v2.uploadMedia(Buffer.from(image.bytes), { media_type: type });
      if (image.alt !== '') await client.v2.createMediaMetadata(id, { alt_text: { text: image.alt } });
      ids.push(id);
    });
    // The library ends at the first answer it cannot use; then the id is missing.
    if (ids.length <= index) return answer;
  }
  return ids;
}
