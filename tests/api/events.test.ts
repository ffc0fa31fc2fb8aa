import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/api/access.ts';
import { createApiKey } from '../../src/api/first-run.ts';
import { eventsAfter, recordEvent } from '../../src/store/event.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

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
/** An event can be read once every transaction before it has ended, also those of other databases on this server. */
const readable = () => eventsAfter(here.context.database, '0-0', 1000);

/** A stream that is open, and knows where it begins: what happens from now on is heard. */
async function openStream(more: Record<string, string> = {}, query = '') {
  const answer = await fetch(`${address}/v1/events${query}`, { headers: { ...headers, ...more } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    /** Reads on until all that was heard is enough, or the stream is at its end. @returns all of it. */
    async hear(isEnough: (messages: readonly Message[]) => boolean): Promise<Message[]> {
      while (!isEnough(messagesIn(text))) {
        const chunk = await reader?.read();
        if (chunk?.value === undefined) break;
        text += chunk.value;
      }
      return messagesIn(text);
    },
    [Symbol.asyncDispose]: async () => reader?.cancel(),
  };
}

/** Reads a stream until it has `count` events, or is at its end. */
async function listen(count: number, more: Record<string, string> = {}, query = ''): Promise<Message[]> {
  await using stream = await openStream(more, query);
  return stream.hear((messages) => messages.length >= count);
}

interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: {
    readonly type: string;
    readonly cursor: string;
    readonly at: string;
    readonly subject: string;
    readonly data: unknown;
  };
}

function messagesIn(text: string): Message[] {
  return [...text.matchAll(/id: (\S+)\nevent: (\S+)\ndata: (.+)\n\n/g)].map(([, id = '', event = '', data = '']) => ({
    id,
    event,
    data: JSON.parse(data) as Message['data'],
  }));
}

describe('the stream of events', () => {
  it('tells what happens from now on as it happens, not with the next sign of life', async () => {
    await tell('before.it');
    const types = async () => (await readable()).map(({ type }) => type);
    await expect.poll(types).toContain('before.it');
    const lateMs: number[] = [];
    for (let n = 0; n < 3; n++) {
      await expect.poll(async () => (await types()).filter((type) => type === 'post.two')).toHaveLength(n);
      await using stream = await openStream();
      await tell('post.one');
      await tell('post.two');
      const told = performance.now();
      const messages = await stream.hear(({ length }) => length >= 2);
      expect(messages.map((message) => message.event)).toEqual(['post.one', 'post.two']);
      lateMs.push(performance.now() - told);
    }
    // Half a second is the aim, and the best of three: what is late by its own doing is so each time, what the machine adds is not.
    // Not looked for at all, it is found with the next sign of life: after 15 s.
    expect(Math.min(...lateMs)).toBeLessThan(5_000);
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

  it.each(['999999999999-1', '9999999999999999999-999999999999999999'])(
    'begins with what happens now for a reader of another database, whose cursor is ahead of all: %s',
    async (cursor) => {
      // Answered once it is known where the stream begins.
      const answer = await fetch(`${address}/v1/events`, { headers: { ...headers, 'last-event-id': cursor } });
      await tell('after.restore');
      let text = '';
      for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk;
        if (messagesIn(text).some(({ event }) => event === 'after.restore')) break;
      }
      expect(messagesIn(text).map(({ event }) => event)).toContain('after.restore');
    },
  );

  it.each(['nonsense', '12', '-1', '1-2-3', '0x1-2', '99999999999999999999-1'])(
    'refuses %s, which is no id of an event, and does not begin from the start',
    async (id) => {
      for (const [where, query, more] of [
        ['Last-Event-ID', '', { 'last-event-id': id }],
        ['?after', `?after=${id}`, {}],
      ] as const) {
        const answer = await here.app.inject({ url: `/v1/events${query}`, headers: { ...headers, ...more } });
        const { status, detail, errors } = problemOf(answer);
        expect([status, errors?.map(({ pointer }) => pointer)]).toEqual([400, [where]]);
        expect(detail).toContain(`${where} "${id}" is not the id of an event`);
      }
    },
  );

  it('takes no place for a stream that it refuses', async () => {
    const own = await here.key(['events:read']);
    const refused = Array.from({ length: 21 }, () =>
      here.app.inject({ url: '/v1/events', headers: { ...own, 'last-event-id': 'nonsense' } }),
    );
    expect((await Promise.all(refused)).map(({ statusCode }) => statusCode)).toEqual(
      Array.from({ length: 21 }, () => 400),
    );
  });

  /** A post, once what was told of its making can be read: a stream that is opened then begins after that. */
  async function draft(): Promise<string> {
    const body = { accountIds: [here.sandboxId], text: 'The quay is open.', schedule: 'draft' };
    const made = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload: body });
    const { id } = made.json<{ data: [{ id: string }] }>().data[0];
    await expect.poll(async () => (await readable()).map(({ subject }) => subject)).toContain(id);
    return id;
  }

  it('tells of a post that was taken after the page had read it and before the first look', async () => {
    const id = await draft();
    await using stream = await openStream();
    const put = 'UPDATE standfirst.post SET state = $2 WHERE id = $1';
    await here.context.database.run(put, [id, 'publishing']);
    const heard = await stream.hear((messages) => messages.some(({ event }) => event === 'post.progress'));
    await here.context.database.run(put, [id, 'draft']);
    expect(heard.map(({ event, data }) => [event, data.subject, data.data])).toEqual([
      ['post.progress', id, { publishing: true }],
    ]);
  });

  it('tells that a worker has a post in its hands, and that it has not any more, without keeping that', async () => {
    const { database } = here.context;
    const id = await draft();
    await using stream = await openStream();
    // The first look is over when a second event is heard.
    for (const type of ['post.looked', 'post.looked_again']) {
      await tell(type);
      await stream.hear((messages) => messages.some(({ event }) => event === type));
    }
    const newest = (await readable()).at(-1)?.cursor;
    const moved = (messages: readonly Message[]) => messages.filter(({ event }) => event === 'post.progress');
    const put = (state: string) => database.run('UPDATE standfirst.post SET state = $2 WHERE id = $1', [id, state]);
    await put('publishing');
    await stream.hear((messages) => moved(messages).length === 1);
    await put('draft');
    const messages = moved(await stream.hear((heard) => moved(heard).length === 2));
    expect(messages.map(({ event, data }) => [event, data.subject, data.data])).toEqual([
      ['post.progress', id, { publishing: true }],
      ['post.progress', id, { publishing: false }],
    ]);
    expect(messages.map(({ data }) => data.cursor)).toEqual([newest, newest]);
    expect((await readable()).map(({ type }) => type)).not.toContain('post.progress');
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
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
