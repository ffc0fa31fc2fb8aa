import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/api/access.ts';
import { createApiKey } from '../../src/api/first-run.ts';
import { eventsAfter, recordEvent } from '../../src/store/event.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

let here: Installation;
let address: string;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
  address = await here.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => here.close());

const tell = (type: string) =>
  here.context.database.transaction((sql) => recordEvent(sql, { type, subject: 'post_1', actor: 'test' }));

/** Reads a stream until it has `count` events, or is at its end. */
async function listen(count: number, more: Record<string, string> = {}, query = ''): Promise<Message[]> {
  const gone = new AbortController();
  const answer = await fetch(`${address}/v1/events${query}`, { headers: { ...headers, ...more }, signal: gone.signal });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (messagesIn(text).length >= count) break;
  }
  gone.abort();
  return messagesIn(text);
}

interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly type: string; readonly cursor: string; readonly at: string };
}

function messagesIn(text: string): Message[] {
  return [...text.matchAll(/id: (\S+)\nevent: (\S+)\ndata: (.+)\n\n/g)].map(([, id = '', event = '', data = '']) => ({
    id,
    event,
    data: JSON.parse(data) as Message['data'],
  }));
}

describe('the stream of events', () => {
  it('tells what happens from now on, within half a second', async () => {
    await tell('before.it');
    // An event can be read once every transaction before it has ended, also those of other databases on this server.
    const readable = async () => (await eventsAfter(here.context.database, '0-0', 1000)).map((event) => event.type);
    await expect.poll(readable).toContain('before.it');
    const heard = listen(2);
    // The stream begins at the newest event; give it the time to ask which that is.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await tell('post.one');
    await tell('post.two');
    const told = Date.now();
    const messages = await heard;
    expect(messages.map((message) => message.event)).toEqual(['post.one', 'post.two']);
    // Half a second is the aim; the rest is for a machine that runs other tests beside.
    expect(Date.now() - told).toBeLessThan(900);
  });

  it('goes on after the cursor a browser saw last: nothing twice, nothing skipped', async () => {
    for (const type of ['a.1', 'a.2', 'a.3', 'a.4']) await tell(type);
    const all = await listen(4, {}, '?after=0-0').then((messages) => messages.length);
    const everything = await listen(all, {}, '?after=0-0');
    expect(everything.map((message) => message.id)).toEqual(everything.map((message) => message.data.cursor));
    const second = everything[1]?.id ?? '';
    const rest = await listen(2, { 'last-event-id': second });
    expect(rest.slice(0, 2).map((message) => message.id)).toEqual(everything.slice(2, 4).map((message) => message.id));
  });

  it('takes no more than 20 streams of one caller, and gives the place back', async () => {
    const own = await here.key(['events:read']);
    const gone = new AbortController();
    const open = () => fetch(`${address}/v1/events`, { headers: own, signal: gone.signal });
    const streams = await Promise.all(Array.from({ length: 20 }, open));
    expect(streams.every((answer) => answer.status === 200)).toBe(true);
    expect((await open()).status).toBe(429);
    gone.abort();
    await expect
      .poll(async () => {
        const again = await fetch(`${address}/v1/events`, { headers: own });
        await again.body?.cancel();
        return again.status;
      })
      .toBe(200);
  });

  it('refuses a key without the scope', async () => {
    const answer = await fetch(`${address}/v1/events`, { headers: await here.key(['posts:read']) });
    expect(answer.status).toBe(403);
  });

  it('ends for a key that was revoked, also while much happens', async () => {
    const { row, secret } = await createApiKey(here.context, { name: 'listener', scopes: ['events:read'] }, 'test');
    const answer = await fetch(`${address}/v1/events`, { headers: { authorization: `Bearer ${secret}` } });
    const ended = answer.text();
    const busy = setInterval(() => void tell('post.busy'), 50);
    try {
      const url = `/v1/api-keys/${row.id}`;
      expect((await here.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204);
      await ended;
    } finally {
      clearInterval(busy);
    }
  });

  it('tells what happens to members and keys only to those who look after them', async () => {
    await tell('member.changed');
    await tell('api-key.created');
    await tell('post.after_them');
    const types = async (scopes: Scope[]): Promise<string[]> => {
      const own = await here.key(scopes);
      const gone = new AbortController();
      const answer = await fetch(`${address}/v1/events?after=0-0`, { headers: own, signal: gone.signal });
      let text = '';
      for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk;
        if (text.includes('post.after_them')) break;
      }
      gone.abort();
      return messagesIn(text).map((message) => message.event);
    };
    const few = await types(['events:read']);
    expect(few.filter((type) => /^(member|api-key)\./.test(type))).toEqual([]);
    const all = await types(['events:read', 'users:manage', 'api-keys:manage']);
    expect(all).toEqual(expect.arrayContaining(['member.changed', 'api-key.created']));
  });

  it('ends when the server stops', async () => {
    const other = await openInstallation();
    const base = await other.app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${base}/v1/events`, { headers: await other.key() });
    const ended = answer.text();
    const began = performance.now();
    await other.close();
    await ended;
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
