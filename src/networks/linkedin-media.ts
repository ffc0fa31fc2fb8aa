import { z } from 'zod';
import type { Failure } from '../domain/errors.ts';
import { ask, askJson, bearer } from './ask.ts';
import { failureOfLinkedin } from './linkedin-failure.ts';
import { headersOf } from './linkedin-token.ts';
import type { LinkedinCredentials } from './linkedin.ts';
import type { Image, Message, NetworkIo } from './network.ts';
import { failure, failureOfStatus } from './outcome.ts';

const uploadReply = z.object({
  value: z.object({ uploadUrl: z.url(), image: z.string().startsWith('urn:li:image:') }),
});

const frozen = z.object({
  pictures: z.array(z.object({ id: z.string(), altText: z.string() })),
  /** Not where a version before this one made it: the call that it sent said nothing, and is to be the same again. */
  describesCard: z.boolean().default(false),
});
type Picture = z.infer<typeof frozen>['pictures'][number];

/** Those of the post, else the one of its card. */
export function picturesOf({ images, card, cardImage }: Message): readonly Image[] {
  if (images.length > 0) return images;
  return card !== null && cardImage ? [cardImage] : [];
}

/** Uploads each. @returns them in order, or why one could not be. */
export async function uploadAll(
  message: Message,
  creds: LinkedinCredentials,
  io: NetworkIo,
): Promise<readonly Picture[] | Failure> {
  const uploaded: Picture[] = [];
  for (const image of picturesOf(message)) {
    const urn = await upload(image, creds, io);
    if (typeof urn !== 'string') return urn;
    uploaded.push({ id: urn, altText: image.alt });
  }
  return uploaded;
}

/** Pictures, or the link card that LinkedIn does not build by itself; never both. */
export async function contentOf(
  message: Message,
  creds: LinkedinCredentials,
  io: NetworkIo,
): Promise<object | Failure> {
  const { card, images } = message;
  const before = frozen.safeParse(message.frozen).data;
  const uploaded = before?.pictures ?? (await uploadAll(message, creds, io));
  if ('kind' in uploaded) return uploaded;
  const [first] = uploaded;
  if (images.length > 1) return { content: { multiImage: { images: uploaded } } };
  if (images.length === 1) return { content: { media: first } };
  if (card === null) return {};
  // An empty description would say that there is nothing to see.
  const isDescribed = (before === undefined || before.describesCard) && first !== undefined && first.altText !== '';
  const described = isDescribed ? { thumbnailAltText: first.altText } : {};
  const thumbnail = first === undefined ? {} : { thumbnail: first.id, ...described };
  const { url: source, title, description } = card;
  return { content: { article: { source, title, description, ...thumbnail } } };
}

async function upload(image: Image, creds: LinkedinCredentials, io: NetworkIo): Promise<string | Failure> {
  const url = `${creds.server}/rest/images?action=initializeUpload`;
  const begun = await askJson(io, url, { initializeUploadRequest: { owner: creds.author } }, headersOf(creds));
  if (begun.kind !== 'reply') return begun;
  const place = uploadReply.safeParse(begun.json);
  if (begun.status !== 200 || !place.success) return failureOfLinkedin(begun, io.now());
  const { uploadUrl, image: urn } = place.data.value;
  const headers = { ...bearer(creds.accessToken), 'content-type': image.type };
  const put = await ask(io, uploadUrl, { method: 'PUT', headers, body: new Uint8Array(image.bytes) });
  if (put.kind !== 'reply') return put;
  if (put.status >= 200 && put.status < 300) return urn;
  const general = failureOfStatus(put, io.now());
  return general.kind === 'refused' ? failure('refused', 'media_rejected', general.detail) : general;
}
