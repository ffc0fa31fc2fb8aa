import { z } from 'zod';
import { ask, askJson } from '../../../src/networks/ask.ts';
import type { Network } from '../../../src/networks/network.ts';
import { failureOfStatus } from '../../../src/networks/outcome.ts';

const credentials = z.object({
  server: z.url().describe('Address of the board'),
  token: z.string().trim().min(1).describe('Access token').meta({ secret: true }),
});
type Credentials = z.infer<typeof credentials>;

/** An invented network: short notices, one token, and a key by which it drops a second notice. */
export const harbourBoard: Network<Credentials> = {
  profile: {
    id: 'harbour-board',
    name: 'Harbour Board',
    limits: {
      text: { unit: 'codepoints', max: 400, linkCost: 'length', bareLinks: false },
      hashtags: { max: 10, advised: 2 },
      maxLinks: null,
      link: 'in-text',
      images: null,
    },
    powers: {
      idempotencyKey: true,
      recordKey: false,
      find: 'none',
      threads: false,
      edit: false,
      remove: true,
      linkCard: 'auto',
    },
    price: { post: 0, postWithLink: 0 },
    rules: { text: 'https://harbour-board.example/rules' },
  },
  credentials,

  async publish({ text, key }, { server, token }, io) {
    const reply = await askJson(io, `${server}/notices`, { text }, { ...bearer(token), 'idempotency-key': key });
    if (reply.kind !== 'reply') return reply;
    const made = noticeReply.safeParse(reply.json);
    return reply.status === 201 && made.success
      ? { kind: 'published', receipt: { remoteId: made.data.id, url: `${server}/notices/${made.data.id}` } }
      : failureOfStatus(reply, io.now());
  },

  async remove(receipt, { server, token }, io) {
    const init = { method: 'DELETE', headers: bearer(token) };
    const reply = await ask(io, `${server}/notices/${receipt.remoteId}`, init);
    if (reply.kind !== 'reply') return reply;
    const isGone = reply.status === 204 || reply.status === 404;
    return isGone ? { kind: 'published', receipt } : failureOfStatus(reply, io.now());
  },

  async check({ server, token }, io) {
    const reply = await ask(io, `${server}/me`, { headers: bearer(token) });
    if (reply.kind !== 'reply') return reply;
    const me = meReply.safeParse(reply.json);
    if (reply.status !== 200 || !me.success) return failureOfStatus(reply, io.now());
    const { id, name } = me.data;
    return { kind: 'connected', handle: name, remoteId: id, url: null, missingPermissions: [], expiresAt: null };
  },
};

const noticeReply = z.object({ id: z.string().min(1) });
const meReply = z.object({ id: z.string(), name: z.string() });

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
