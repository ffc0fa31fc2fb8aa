import { z } from 'zod';
import { findWebLinks } from '../text/web-links.ts';
import type { Message } from './network.ts';
import type { KeptPicture } from './nostr-media.ts';

/** A signed event as NIP-01 writes it: https://github.com/nostr-protocol/nips/blob/master/01.md */
export const nostrEvent = z.object({
  id: z.string().length(64),
  pubkey: z.string().length(64),
  created_at: z.number().int(),
  kind: z.number().int(),
  tags: z.array(z.array(z.string())),
  content: z.string(),
  sig: z.string().length(128),
});
export type NostrEvent = z.infer<typeof nostrEvent>;

/** Of 100 that NIP-11 gives as an example: an answer and its pictures need some. */
const MOST_TAGS = 80;
/** In bytes; common relays take 1,024 characters. */
const LONGEST_TAG = 1000;
const MOST_TAG_BYTES = 2048;
/** What a note holds beside its text, in bytes: ids, signature, and the tags above. */
export const BESIDE_TEXT = 4096;

const hashtag = /(?<![\p{L}\p{N}_&/])[#＃]([\p{L}\p{M}\p{N}_]*\p{L}[\p{L}\p{M}\p{N}_]*)/gu;

/** Signs a message. Time and content are frozen, so its id is the same on every try; only the signature may differ. */
export async function signedNote(
  message: Message,
  pictures: readonly KeptPicture[],
  privateKey: string,
): Promise<NostrEvent> {
  const content = [message.text, ...pictures.map(({ url }) => url)].join('\n');
  const tags = [...(await tagsOf(message)), ...pictures.map(metadataOf)];
  return sign(message.createdAt, 1, tags, content, privateKey);
}

/** What a client needs to know of a picture whose address stands in the text: https://github.com/nostr-protocol/nips/blob/master/92.md */
function metadataOf({ url, hash, image: { type, width, height, alt } }: KeptPicture): string[] {
  const facts = [`url ${url}`, `m ${type}`, `x ${hash}`, `dim ${width}x${height}`];
  return ['imeta', ...facts, ...(alt === '' ? [] : [`alt ${alt}`])];
}

/** Lets a media server keep one file, until `end`: https://github.com/hzrd149/blossom/blob/master/buds/01.md */
export async function signedUpload(hash: string, at: Date, end: Date, privateKey: string): Promise<NostrEvent> {
  const tags = [
    ['t', 'upload'],
    ['x', hash],
    ['expiration', String(Math.floor(end.getTime() / 1000))],
  ];
  return sign(at, 24_242, tags, 'Upload an image', privateKey);
}

/** Asks relays to forget an event: NIP-09, best effort on their side. */
export async function signedDeletion(id: string, at: Date, privateKey: string): Promise<NostrEvent> {
  const tags = [
    ['e', id],
    ['k', '1'],
  ];
  return sign(at, 5, tags, '', privateKey);
}

/** Answers a relay that wants to know who writes: https://github.com/nostr-protocol/nips/blob/master/42.md */
export async function signedAnswer(
  relay: string,
  challenge: string,
  at: Date,
  privateKey: string,
): Promise<NostrEvent> {
  const tags = [
    ['relay', relay],
    ['challenge', challenge],
  ];
  return sign(at, 22_242, tags, '', privateKey);
}

/** Public key (hex), and as people write it (`npub…`). */
export async function publicKeyOf(privateKey: string): Promise<{ hex: string; npub: string }> {
  const [{ getPublicKey }, { npubEncode }] = await Promise.all([
    import('nostr-tools/pure'),
    import('nostr-tools/nip19'),
  ]);
  const hex = getPublicKey(await keyBytes(privateKey));
  return { hex, npub: npubEncode(hex) };
}

/** `nevent…`, which names the event and a relay that has it. */
export async function addressOf(id: string, relays: readonly string[]): Promise<string> {
  const { neventEncode } = await import('nostr-tools/nip19');
  return neventEncode({ id, relays: relays.slice(0, 2) });
}

async function sign(at: Date, kind: number, tags: string[][], content: string, key: string): Promise<NostrEvent> {
  const { finalizeEvent } = await import('nostr-tools/pure');
  const template = { kind, created_at: Math.floor(at.getTime() / 1000), tags, content };
  const { id, pubkey, created_at, sig } = finalizeEvent(template, await keyBytes(key));
  return { id, pubkey, created_at, kind, tags, content, sig };
}

async function keyBytes(privateKey: string): Promise<Uint8Array> {
  if (/^[0-9a-f]{64}$/.test(privateKey)) return new Uint8Array(Buffer.from(privateKey, 'hex'));
  const { decode } = await import('nostr-tools/nip19');
  const decoded = decode(privateKey);
  if (decoded.type !== 'nsec') throw new Error('The key is not an nsec.');
  return decoded.data;
}

/**
 * `t` for each hashtag, in lower case as clients search; `r` for each link; replies marked as NIP-10 asks; `p` for who is
 * answered or named, so that they are told.
 */
async function tagsOf(message: Message): Promise<string[][]> {
  const topics = Array.from(message.text.matchAll(hashtag), (match) => ['t', (match[1] ?? '').toLowerCase()]);
  const links = findWebLinks(message.text).map(({ url }) => ['r', url]);
  const author = message.replyTo?.root.extra?.['pubkey'] ?? '';
  const named = (await namedIn(message.text)).filter((key) => key !== author).map((key) => ['p', key]);
  const tags = withinLimits([...named, ...topics, ...links]);
  if (message.replyTo === null) return tags;
  const { root, parent } = message.replyTo;
  const relay = root.extra?.['relay'] ?? '';
  tags.push(['e', root.remoteId, relay, 'root', author]);
  if (parent.remoteId !== root.remoteId) tags.push(['e', parent.remoteId, relay, 'reply', author]);
  if (author !== '') tags.push(['p', author]);
  return tags;
}

const mention = /(?<![\p{L}\p{N}])nostr:((?:npub|nprofile)1[02-9ac-hj-np-z]+)/gu;

/** Public keys (hex) of the people a text names: https://github.com/nostr-protocol/nips/blob/master/27.md */
async function namedIn(text: string): Promise<string[]> {
  const names = Array.from(text.matchAll(mention), (match) => match[1] ?? '');
  if (names.length === 0) return [];
  const { decode } = await import('nostr-tools/nip19');
  return names.flatMap((name) => {
    try {
      const decoded = decode(name);
      if (decoded.type === 'npub') return [decoded.data];
      return decoded.type === 'nprofile' ? [decoded.data.pubkey] : [];
    } catch {
      // Misspelt, so nobody's name.
      return [];
    }
  });
}

/** A relay refuses a whole event for a tag that is too long or one too many. These only help to find it: they are left out. */
function withinLimits(tags: readonly (readonly string[])[]): string[][] {
  const kept = new Map<string, string[]>();
  let bytes = 0;
  for (const [name = '', value = ''] of tags) {
    const size = Buffer.byteLength(value);
    const key = `${name} ${value}`;
    if (kept.has(key) || kept.size === MOST_TAGS || size > LONGEST_TAG || bytes + size > MOST_TAG_BYTES) continue;
    bytes += size;
    kept.set(key, [name, value]);
  }
  return [...kept.values()];
}
