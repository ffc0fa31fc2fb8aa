import { z } from 'zod';
import type { Receipt } from '../domain/attempt.ts';
import type { Message, Network, NetworkIo, Outcome } from './network.ts';
import { failure } from './outcome.ts';
import { faultOfWords } from './words.ts';

/** Graphemes a message may have: room for a real post, short enough that fitting is seen to work. */
const MAX_GRAPHEMES = 500;

const credentials = z.strictObject({});
type Credentials = z.infer<typeof credentials>;

/** Our own network: it keeps what it is sent and shows it as a timeline, so that the whole line works with no account anywhere. */
export const sandbox: Network<Credentials> = {
  profile: {
    id: 'sandbox',
    name: 'Sandbox',
    isOwn: true,
    limits: {
      text: { unit: 'graphemes', max: MAX_GRAPHEMES, linkCost: 'length', bareLinks: false },
      hashtags: { max: 30, advised: 5 },
      maxLinks: null,
      link: 'in-text',
      cards: 'beside-image',
      images: null,
    },
    powers: {
      idempotencyKey: true,
      recordKey: false,
      find: 'by-key',
      threads: true,
      edit: true,
      remove: true,
      linkCard: 'client',
    },
    price: { post: 0, postWithLink: 0 },
    rules: {},
  },
  credentials,

  async publish(message, _credentials, io) {
    const fault = faultOf(message);
    if (fault !== null) return fault;
    const { id } = await io.timeline.keep({
      accountId: io.accountId,
      key: message.key,
      text: message.text,
      card: message.card,
      replyTo: message.replyTo?.parent.remoteId ?? null,
    });
    return { kind: 'published', receipt: receiptOf(id) };
  },

  async find(message, _credentials, io) {
    const kept = await io.timeline.find(io.accountId, message.key);
    return kept === null ? { kind: 'absent' } : { kind: 'published', receipt: receiptOf(kept.id) };
  },

  async remove(receipt, _credentials, io) {
    return (await io.timeline.remove(io.accountId, receipt.remoteId))
      ? { kind: 'published', receipt }
      : gone(receipt, io);
  },

  async edit(receipt, message, _credentials, io) {
    const fault = faultOf(message);
    if (fault !== null) return fault;
    return (await io.timeline.edit(io.accountId, receipt.remoteId, message.text))
      ? { kind: 'published', receipt }
      : gone(receipt, io);
  },

  check(_credentials, io) {
    return Promise.resolve({
      kind: 'connected',
      handle: 'sandbox',
      remoteId: io.accountId,
      url: null,
      missingPermissions: [],
      expiresAt: null,
    });
  },
};

/** A network that took everything would prove nothing, so this one refuses as the real ones do. */
function faultOf(message: Message): Outcome | null {
  const empty = faultOfWords(message, 'Sandbox');
  if (empty !== null) return empty;
  const graphemes = [...new Intl.Segmenter().segment(message.text)].length;
  return graphemes > MAX_GRAPHEMES
    ? failure('refused', 'too_long', `Sandbox text is ${graphemes} of ${MAX_GRAPHEMES} characters.`)
    : null;
}

function gone(receipt: Receipt, io: NetworkIo): Outcome {
  return failure('refused', 'content_rejected', `Account ${io.accountId} has no message ${receipt.remoteId}.`);
}

function receiptOf(id: string): Receipt {
  return { remoteId: id, url: null };
}
