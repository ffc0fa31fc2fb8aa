import { createHash } from 'node:crypto';
import type { Image, Json, Message } from './network.ts';
import { facetOf, stretchesOf } from './bluesky-facets.ts';

const SORTABLE = '234567abcdefghijklmnopqrstuvwxyz';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The record key of a message: a TID (https://atproto.com/specs/tid) made of its frozen time and its key alone, so that
 * every try at it, on any machine, names the same record.
 */
export function recordKeyOf(message: Message): string {
  const chance = createHash('sha256').update(message.key).digest();
  const microseconds = BigInt(message.createdAt.getTime()) * 1000n + BigInt(chance.readUInt16BE(0) % 1000);
  let rest = (microseconds << 10n) | BigInt(chance.readUInt16BE(2) & 0x3ff);
  let key = '';
  for (let digit = 0; digit < 13; digit += 1) {
    key = `${SORTABLE[Number(rest & 31n)]}${key}`;
    rest >>= 5n;
  }
  return key;
}

/**
 * The post as the lexicon writes it (https://docs.bsky.app/docs/advanced-guides/posts). Pictures take the place of the
 * link card, because a post embeds one or the other. `didOf` knows the accounts that are mentioned.
 */
export function recordOf(message: Message, didOf: ReadonlyMap<string, string>): { readonly [key: string]: Json } {
  const facets = stretchesOf(message.text)
    .map((one) => facetOf(one, didOf.get(one.value) ?? null))
    .filter((facet) => facet !== null);
  const embed = embedOf(message);
  return {
    $type: 'app.bsky.feed.post',
    text: message.text,
    createdAt: message.createdAt.toISOString(),
    ...(message.lang === 'und' || message.lang === '' ? {} : { langs: [message.lang] }),
    ...(facets.length === 0 ? {} : { facets }),
    ...(embed === null ? {} : { embed }),
    ...(message.replyTo === null
      ? {}
      : { reply: { root: strongRef(message.replyTo.root), parent: strongRef(message.replyTo.parent) } }),
  };
}

/** The pictures a record refers to: they have to be uploaded before it. */
export function blobsOf(message: Message): readonly Image[] {
  if (message.images.length > 0) return message.images;
  return message.card !== null && message.cardImage ? [message.cardImage] : [];
}

/** CIDv1, raw, SHA-256, base32: what the server will call these bytes. https://github.com/multiformats/cid */
export function cidOf(bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest();
  const binary = Buffer.concat([Buffer.from([0x01, 0x55, 0x12, 0x20]), digest]);
  let bits = 0;
  let held = 0;
  let text = 'b';
  for (const byte of binary) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : `${text}${BASE32[(held << (5 - bits)) & 31]}`;
}

function embedOf(message: Message): Json {
  if (message.images.length > 0) {
    const images = message.images.map((image) => ({
      image: blobRef(image),
      alt: image.alt,
      aspectRatio: { width: image.width, height: image.height },
    }));
    return { $type: 'app.bsky.embed.images', images };
  }
  if (message.card === null) return null;
  const { url, title, description } = message.card;
  const thumb = message.cardImage ? { thumb: blobRef(message.cardImage) } : {};
  return { $type: 'app.bsky.embed.external', external: { uri: url, title, description, ...thumb } };
}

function blobRef(image: Image): Json {
  return { $type: 'blob', ref: { $link: cidOf(image.bytes) }, mimeType: image.type, size: image.bytes.length };
}

function strongRef(receipt: NonNullable<Message['replyTo']>['root']): Json {
  return { uri: receipt.remoteId, cid: receipt.extra?.['cid'] ?? '' };
}
