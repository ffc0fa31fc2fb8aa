import { expect, test } from 'vitest';
import { pageAddress, remoteId, serverAddress } from '../../src/networks/address.ts';
import { mastodon } from '../../src/networks/mastodon.ts';
import { threads } from '../../src/networks/threads.ts';
import type { Counterpart } from './fixture.ts';
import { ioFor, messageFor } from './fixture.ts';
import fc from '../properties.ts';

const counterpart: Counterpart = {
  credentials: null,
  wrongCredentials: null,
  setMode: () => Promise.resolve(),
  accepted: () => [],
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
const answering = (body: object) => ioFor(counterpart, { fetch: () => Promise.resolve(Response.json(body)) });

test('an id from a server stays within its place in an address, whatever it is', () => {
  const piece = fc.constantFrom(
    '..',
    '.',
    '/',
    '%2e',
    '%2F',
    '\\',
    '?',
    '#',
    '@',
    ':',
    'urn:li:share:7',
    '1',
    'a-b_c~d',
  );
  const ids = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.array(piece, { maxLength: 6 }).map((some) => some.join('')),
  );
  fc.assert(
    fc.property(ids, (id) => {
      fc.pre(remoteId.safeParse(id).success);
      const url = new URL(`https://social.example/api/${id}?x=1`);
      expect([url.host, url.pathname, url.search]).toEqual(['social.example', `/api/${id}`, '?x=1']);
    }),
    { numRuns: 2000 },
  );
  for (const id of ['..', '.', '', '../admin', 'a/b', 'a?b', 'a#b', '%2e%2e', 'x'.repeat(201)]) {
    expect([id, remoteId.safeParse(id).success]).toEqual([id, false]);
  }
  for (const id of ['113000000000000001', 'urn:li:share:7123', '55_77', '1732.000100', '01JD8-ulid', 'uuid-0f3c']) {
    expect([id, remoteId.safeParse(id).success]).toEqual([id, true]);
  }
});

test('a post whose id would lead elsewhere counts as an answer that cannot be read', async () => {
  const credentials = { server: 'https://social.example', accessToken: 'token', visibility: 'public' } as const;
  const io = answering({ id: '../../../admin/delete', url: 'https://social.example/@desk/1', created_at: '' });
  expect(await mastodon.publish(await messageFor(mastodon, counterpart), credentials, io)).toMatchObject({
    kind: 'unknown',
  });
  const message = { ...(await messageFor(mastodon, counterpart)), frozen: null };
  const asked = await threads.publish(
    message,
    { accessToken: 'token', server: 'https://graph.example' },
    answering({ id: '17?access_token=', status: 'FINISHED' }),
  );
  expect(asked.kind).not.toBe('published');
});

test('a page of a post is a web page or none', async () => {
  expect(pageAddress.parse('https://social.example/@desk/1')).toBe('https://social.example/@desk/1');
  for (const url of ['javascript:alert(1)', 'data:text/html,hello', 'file:///etc/passwd', '//social.example', 7]) {
    expect(pageAddress.parse(url)).toBeNull();
  }
  const credentials = { server: 'https://social.example', accessToken: 'token', visibility: 'public' } as const;
  const io = answering({ id: '1', url: 'javascript:alert(1)' });
  expect(await mastodon.publish(await messageFor(mastodon, counterpart), credentials, io)).toMatchObject({
    kind: 'published',
    receipt: { remoteId: '1', url: null },
  });
});

test('an address of a server is scheme, host and path, without a slash at its end', () => {
  expect(serverAddress.parse('https://social.example/')).toBe('https://social.example');
  expect(serverAddress.parse('http://localhost:3000/masto//')).toBe('http://localhost:3000/masto');
  for (const url of [
    'https://social.example/?a=',
    'https://social.example/#a',
    'https://desk:secret@social.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'social.example',
  ]) {
    expect([url, serverAddress.safeParse(url).success]).toEqual([url, false]);
  }
});
