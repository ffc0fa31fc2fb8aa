import { z } from 'zod';
import type { Failure, FailureKind } from '../domain/errors.ts';
import type { Limits } from '../domain/limits.ts';
import { serverAddress } from './address.ts';
import { ask } from './ask.ts';
import type { Checked, Found, Message, Network, NetworkIo, Outcome } from './network.ts';
import {
  BESIDE_TEXT,
  addressOf,
  nostrEvent,
  publicKeyOf,
  signedAnswer,
  signedDeletion,
  signedNote,
} from './nostr-event.ts';
import type { NostrEvent } from './nostr-event.ts';
import { imagesWithin, uploadPictures } from './nostr-media.ts';
import { askFor, sendTo } from './nostr-relay.ts';
import type { Accepted, SignIn } from './nostr-relay.ts';
import { failure } from './outcome.ts';
import { faultOfWords } from './words.ts';

const credentials = z.object({
  privateKey: z
    .string()
    .trim()
    .regex(/^(nsec1[02-9ac-hj-np-z]{58}|[0-9a-f]{64})$/, 'A private key is nsec1… or 64 hexadecimal digits.')
    .describe('Private key (nsec…). It cannot be changed: who has it, is the account')
    .meta({ secret: true }),
  relays: z
    .array(z.url({ protocol: /^wss?$/ }))
    .min(1)
    .max(20)
    // One that is named twice counts once towards the quorum.
    .transform((relays) => [...new Map(relays.map((relay) => [new URL(relay).href, relay])).values()])
    .describe('Relays, e.g. wss://relay.damus.io'),
  quorum: z.number().int().min(1).default(1).describe('On how many relays a post must be to count as published'),
  mediaServer: serverAddress
    .optional()
    .describe('Blossom server that keeps images, e.g. https://blossom.primal.net; without one, text and link only'),
});
export type NostrCredentials = z.infer<typeof credentials>;

/** The protocol sets none; relays announce theirs, and this is the example NIP-11 gives. */
const MAX_TEXT = 8196;

const limits = {
  text: { unit: 'codepoints', max: MAX_TEXT, linkCost: 'length', bareLinks: false },
  // Kind 1 is for short notes (NIP-10); long texts have a kind of their own (NIP-23). As long as its neighbours’ posts.
  target: 500,
  hashtags: { max: 30, advised: 3 },
  maxLinks: null,
  link: 'in-text',
  // A note names its pictures by address and lives for ever; our own addresses live for a day, so a media server keeps them.
  images: imagesWithin(MAX_TEXT),
} as const satisfies Limits;

export const nostr: Network<NostrCredentials> = {
  profile: {
    id: 'nostr',
    name: 'Nostr',
    limits,
    powers: {
      idempotencyKey: false,
      recordKey: true,
      find: 'by-key',
      threads: true,
      edit: false,
      remove: true,
      linkCard: 'auto',
    },
    price: { post: 0, postWithLink: 0 },
    rules: {
      text: 'https://github.com/nostr-protocol/nips/blob/master/11.md',
      publish: 'https://github.com/nostr-protocol/nips/blob/master/01.md',
      threads: 'https://github.com/nostr-protocol/nips/blob/master/10.md',
    },
  },
  credentials,

  /** The signed event itself: its id is a hash of what it says, so the same event sent again is the same event. */
  async prepare(message, creds, io) {
    const event = await eventOf({ ...message, frozen: null }, creds, io);
    // What kept the pictures from their server, `publish` says.
    return 'cause' in event ? null : event;
  },

  async publish(message, creds, io): Promise<Outcome> {
    const fault = faultOf(message);
    if (fault !== null) return fault;
    const event = await eventOf(message, creds, io);
    if ('cause' in event) return event;
    const answers = await Promise.all(creds.relays.map((relay) => sendTo(relay, event, io, signInOf(creds, io))));
    return (await verdictOf(answers, creds)) ?? { kind: 'published', receipt: await receiptOf(event, creds) };
  },

  async find(message, creds, io): Promise<Found> {
    const event = await eventOf({ ...message, images: [] }, creds, io);
    if ('cause' in event) return { kind: 'cannot-tell', detail: event.detail };
    const answers = await Promise.all(creds.relays.map((relay) => askFor(relay, event.id, io)));
    const there = answers.filter((answer) => answer.kind === 'seen' && answer.isThere).length;
    if (there >= wantedOf(creds)) return { kind: 'published', receipt: await receiptOf(event, creds) };
    const told = answers.filter((answer) => answer.kind === 'seen').length;
    if (told > 0) return { kind: 'absent' };
    return { kind: 'cannot-tell', detail: `Nostr: none of ${creds.relays.length} relays answered.` };
  },

  /** A request that relays may follow or not: what was signed can never be called back for certain. */
  async remove(receipt, creds, io): Promise<Outcome> {
    const event = await signedDeletion(receipt.remoteId, io.now(), creds.privateKey);
    const answers = await Promise.all(creds.relays.map((relay) => sendTo(relay, event, io, signInOf(creds, io))));
    return (await verdictOf(answers, { ...creds, quorum: 1 })) ?? { kind: 'published', receipt };
  },

  async check(creds, io): Promise<Checked> {
    const { hex, npub } = await publicKeyOf(creds.privateKey);
    const answers = await Promise.all(creds.relays.map((relay) => askFor(relay, hex, io)));
    const fault = answers.find((answer) => answer.kind !== 'seen');
    if (fault !== undefined && answers.every((answer) => answer.kind !== 'seen')) return fault;
    const announced = await announcedLimits(creds, io);
    return {
      kind: 'connected',
      handle: `${npub.slice(0, 12)}…${npub.slice(-4)}`,
      remoteId: hex,
      url: `https://njump.me/${npub}`,
      missingPermissions: [],
      expiresAt: null,
      limits: {
        ...(Object.keys(announced).length === 0 ? {} : { text: { ...limits.text, ...announced } }),
        images: creds.mediaServer === undefined ? null : imagesWithin(announced.max ?? MAX_TEXT),
      },
    };
  },
};

/** The frozen event, or a new one: its pictures are kept first, because the text says where. */
async function eventOf(message: Message, creds: NostrCredentials, io: NetworkIo): Promise<NostrEvent | Failure> {
  const stored = nostrEvent.safeParse(message.frozen);
  if (stored.success) return stored.data;
  const { images } = message;
  if (images.length === 0) return signedNote(message, [], creds.privateKey);
  if (creds.mediaServer === undefined) {
    return failure(
      'refused',
      'config',
      'Nostr: no server to keep images is set for this account: connect it with one.',
    );
  }
  const pictures = await uploadPictures(images, creds.mediaServer, creds.privateKey, io);
  return 'cause' in pictures ? pictures : signedNote(message, pictures, creds.privateKey);
}

/** Relays refuse by length only, and each by its own: what is ours to say is said before. */
function faultOf(message: Message): Failure | null {
  const empty = faultOfWords(message, 'Nostr');
  if (empty !== null) return empty;
  const { text, images } = message;
  if (images.length === 0 || limits.images === null) return null;
  if (images.length > limits.images.max) {
    const detail = `Nostr: a note has ${images.length} of ${limits.images.max} images.`;
    return failure('refused', 'media_rejected', detail);
  }
  const length = [...text].length;
  const { maxText } = limits.images;
  return length > maxText
    ? failure('refused', 'too_long', `Nostr: a text with images is ${length} of ${maxText} characters.`)
    : null;
}

function signInOf(creds: NostrCredentials, io: NetworkIo): SignIn {
  return (relay, challenge) => signedAnswer(relay, challenge, io.now(), creds.privateKey);
}

function wantedOf(creds: NostrCredentials): number {
  return Math.min(creds.quorum, creds.relays.length);
}

/** What is worth doing next, most hopeful first: the same event may be sent to all relays again at no risk. */
const order: readonly FailureKind[] = ['unknown', 'down', 'limited', 'refused', 'signed-out'];

/** Null where enough relays took the event; else one failure for all, of which too few acceptances make an `unknown`. */
function verdictOf(answers: readonly (Accepted | Failure)[], creds: NostrCredentials): Failure | null {
  const faults = answers.filter((answer): answer is Failure => answer.kind !== 'accepted');
  const accepted = answers.length - faults.length;
  if (accepted >= wantedOf(creds)) return null;
  const detail = faults.map((fault) => fault.detail).join('; ');
  if (accepted > 0) {
    return failure('unknown', 'timeout_unknown', `On ${accepted} of ${wantedOf(creds)} relays wanted. ${detail}`);
  }
  const worst = order.map((kind) => faults.find((fault) => fault.kind === kind)).find((fault) => fault !== undefined);
  return worst === undefined ? null : failure(worst.kind, worst.cause, detail, { ...worst, detail });
}

const relayInformation = z.object({
  limitation: z.object({
    max_content_length: z.number().int().positive().optional(),
    max_message_length: z.number().int().positive().optional(),
  }),
});

/** The smallest text limits that any of the relays announces: https://github.com/nostr-protocol/nips/blob/master/11.md */
async function announcedLimits(creds: NostrCredentials, io: NetworkIo): Promise<{ max?: number; maxBytes?: number }> {
  const answers = await Promise.all(
    creds.relays.map(async (relay) => {
      const reply = await ask(io, relay.replace(/^ws/, 'http'), { headers: { accept: 'application/nostr+json' } });
      const parsed = relayInformation.safeParse(reply.kind === 'reply' ? reply.json : null);
      return parsed.success ? [parsed.data.limitation] : [];
    }),
  );
  const announced = answers.flat();
  const texts = announced.flatMap(({ max_content_length: max }) => max ?? []);
  // The whole event in bytes; a relay with little room still takes short notes, which have few tags.
  const bytes = announced.flatMap(({ max_message_length: max = Infinity }) =>
    max === Infinity ? [] : Math.max(max - BESIDE_TEXT, Math.floor(max / 4)),
  );
  return {
    ...(texts.length === 0 ? {} : { max: Math.min(...texts) }),
    ...(bytes.length === 0 ? {} : { maxBytes: Math.min(...bytes) }),
  };
}

async function receiptOf(event: NostrEvent, creds: NostrCredentials) {
  return {
    remoteId: event.id,
    url: `https://njump.me/${await addressOf(event.id, creds.relays)}`,
    extra: { pubkey: event.pubkey, relay: creds.relays[0] ?? '' },
  };
}
