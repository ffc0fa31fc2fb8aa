import { createHash } from 'node:crypto';
import { findFacets } from '../text/facets.ts';
import type { Facet } from '../text/facets.ts';
import { cidOf } from './bluesky-cid.ts';
import type { Image, Json, Message } from './network.ts';

const SORTABLE = '234567abcdefghijklmnopqrstuvwxyz';

/**
 * The record key of a message: a TID (https://atproto.com/specs/tid) made of its frozen time and its key alone, so that
 * every try at it, on any machine, names the same record.
 */
export function recordKeyOf(message: Message): string {
  const chance = createHash('sha256').update(message.key).digest();
  const microseconds = BigInt(timeOf(message).getTime()) * 1000n + BigInt(chance.readUInt16BE(0) % 1000);
  let rest = (microseconds << 10n) | BigInt(chance.readUInt16BE(2) & 0x3ff);
  let key = '';
  for (let digit = 0; digit < 13; digit += 1) {
    key = `${SORTABLE[Number(rest & 31n)]}${key}`;
    rest >>= 5n;
  }
  return key;
}

/**
 * When a message was written, as its record says. A reply is a millisecond younger than its parent: so a part that is sent
 * alone, after a crash, is the very record that it would have been within its thread.
 */
function timeOf({ replyTo, createdAt }: Message): Date {
  const key = replyTo?.parent.remoteId.split('/').at(-1) ?? '';
  if (!/^[2-7a-j][2-7a-z]{12}$/.test(key)) return createdAt;
  const number = [...key].reduce((sum, digit) => (sum << 5n) | BigInt(SORTABLE.indexOf(digit)), 0n);
  return new Date(Number((number >> 10n) / 1000n) + 1);
}

/**
 * The post as the lexicon writes it (https://docs.bsky.app/docs/advanced-guides/posts). Pictures take the place of the
 * link card, because a post embeds one or the other. `didOf` knows the accounts that are mentioned.
 */
export function recordOf(message: Message, didOf: ReadonlyMap<string, string>): { readonly [key: string]: Json } {
  const facets = findFacets(message.text)
    .map((one) => facetOf(one, didOf.get(one.value) ?? null))
    .filter((facet) => facet !== null);
  const embed = embedOf(message);
  return {
    $type: 'app.bsky.feed.post',
    text: message.text,
    createdAt: timeOf(message).toISOString(),
    ...(message.lang === 'und' || message.lang === '' ? {} : { langs: [message.lang] }),
    ...(facets.length === 0 ? {} : { facets }),
    ...(embed === null ? {} : { embed }),
    ...(message.replyTo === null
      ? {}
      : { reply: { root: strongRef(message.replyTo.root), parent: strongRef(message.replyTo.parent) } }),
  };
}

/** A stretch as the lexicon writes it; a mention needs the account's DID, null where the handle leads nowhere. */
function facetOf(one: Facet, did: string | null): Json {
  const index = { byteStart: one.byteStart, byteEnd: one.byteEnd };
  const type = 'app.bsky.richtext.facet';
  if (one.kind === 'link') return { index, features: [{ $type: `${type}#link`, uri: one.value }] };
  if (one.kind === 'tag') return { index, features: [{ $type: `${type}#tag`, tag: one.value }] };
  return did === null ? null : { index, features: [{ $type: `${type}#mention`, did }] };
}

/** The pictures a record refers to: they have to be uploaded before it. */
export function blobsOf(message: Message): readonly Image[] {
  if (message.images.length > 0) return message.images;
  return message.card !== null && message.cardImage ? [message.cardImage] : [];
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
