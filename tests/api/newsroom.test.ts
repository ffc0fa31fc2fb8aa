import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import { join } from './member.ts';

let here: Installation;
let auth: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  auth = await here.key();
});
afterAll(() => here.close());

const read = async (path: string) => (await here.app.inject({ url: path, headers: auth })).json();
const put = (payload: object, version: number) =>
  here.app.inject({ method: 'PUT', url: '/v1/newsroom', headers: { ...auth, 'if-match': `"${version}"` }, payload });

describe('what a newsroom says of itself', () => {
  it('is nothing at first: it has no name, and the operator’s zone', async () => {
    expect(await read('/v1/newsroom')).toEqual({
      name: null,
      timeZone: null,
      usualTimeZone: 'Europe/Bucharest',
      version: 0,
    });
    expect(await read('/v1/session')).toMatchObject({ newsroom: null, timeZone: 'Europe/Bucharest' });
  });

  it('holds at once for pages, the calendar, and accounts without a zone of their own', async () => {
    const said = await put({ name: '  The Lindmoor Herald ', timeZone: 'Asia/Tokyo' }, 0);
    expect(said.statusCode).toBe(200);
    expect(said.headers['etag']).toBe('"1"');
    expect(said.json()).toMatchObject({ name: 'The Lindmoor Herald', timeZone: 'Asia/Tokyo', version: 1 });
    expect(await read('/v1/session')).toMatchObject({ newsroom: 'The Lindmoor Herald', timeZone: 'Asia/Tokyo' });
    expect(await read('/v1/installation')).toMatchObject({ timeZone: 'Asia/Tokyo' });
    expect(await read('/v1/calendar?from=2030-01-15&days=1')).toMatchObject({ timeZone: 'Asia/Tokyo' });
    const [account] = (await read('/v1/accounts')).data as { id: string }[];
    const slots = `/v1/accounts/${account?.id}/slots?from=2030-01-15T00:00:00Z&to=2030-01-16T00:00:00Z`;
    expect(await read(slots)).toMatchObject({ timeZone: 'Asia/Tokyo' });
  });

  it('stands in the audit with what was before', async () => {
    expect((await read('/v1/audit?action=newsroom')).data).toMatchObject([{ action: 'newsroom.changed' }]);
  });

  it('greets who is invited by the newsroom’s name', async () => {
    const invited = await here.app.inject({
      method: 'POST',
      url: '/v1/users',
      headers: auth,
      payload: { name: 'Ines Calder', role: 'editor' },
    });
    const link = new URL(JSON.stringify(invited.json()).match(/\/sign-in\?token=[\w-]+/)?.[0] ?? '', 'http://here');
    const page = await here.app.inject({ url: `${link.pathname}${link.search}` });
    expect(page.body).toContain('Join The Lindmoor Herald');
  });

  it('says which zone there is not, and what is too long', async () => {
    const { errors } = problemOf(await put({ name: 'x'.repeat(101), timeZone: 'Mars/Olympus' }, 1));
    expect(errors).toMatchObject([
      { pointer: '/name', message: 'is longer than 100 characters' },
      { pointer: '/timeZone', message: 'is not an IANA time zone such as Europe/Bucharest' },
    ]);
  });

  it('is not overwritten by who read it before, nor changed by who may not', async () => {
    const stale = await put({ name: null, timeZone: null }, 0);
    expect(problemOf(stale)).toMatchObject({ status: 412, detail: expect.stringContaining('version 1, not 0') });
    const publisher = await join(here, 'Ada Quill', 'publisher');
    expect((await publisher.ask('GET', '/v1/newsroom')).statusCode).toBe(200);
    const refused = await publisher.ask('PUT', '/v1/newsroom', { name: null, timeZone: null }, { 'if-match': '"1"' });
    expect(problemOf(refused).status).toBe(403);
  });

  it('is the operator’s zone again once the newsroom lets go of its own', async () => {
    expect((await put({ name: 'The Lindmoor Herald', timeZone: null }, 1)).statusCode).toBe(200);
    expect(await read('/v1/session')).toMatchObject({ timeZone: 'Europe/Bucharest' });
  });
});
