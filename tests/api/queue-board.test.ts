import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let cookie: string;
beforeAll(async () => {
  here = await openInstallation();
  cookie = await here.signIn();
});
afterAll(() => here.close());

const look = (url: string, headers: Record<string, string> = { cookie }) => here.app.inject({ url, headers });

describe('the board of queues', () => {
  it('is for those who may look at queues only', async () => {
    expect(problemOf(await look('/ops/queues', {})).status).toBe(401);
    const writer = await here.key(['posts:write']);
    expect(problemOf(await look('/ops/queues/api/queues', writer)).detail).toMatch(/queues:read/);
  });

  it('shows a page of our own that asks no other host for anything', async () => {
    const page = await look('/ops/queues');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/https?:\/\//);
    const nonce = /'nonce-([^']+)'/.exec(String(page.headers['content-security-policy']))?.[1];
    expect(page.body).toContain(`nonce="${nonce}"`);
    const [, script] = /src="(static\/[^"]+)"/.exec(page.body) ?? [];
    const file = await look(`/ops/queues/${script}`);
    expect(file.headers['content-type']).toMatch(/javascript/);
  });

  it('lists the queue of the line and one for each network, with what waits in them', async () => {
    await here.context.bell.ring('schedule', { postId: 'post_1' });
    const { queues } = (await look('/ops/queues/api/queues')).json<{
      queues: { name: string; readOnlyMode: boolean; counts: Record<string, number> }[];
    }>();
    expect(queues.map((queue) => queue.name)).toEqual(expect.arrayContaining(['line', 'publish-sandbox']));
    expect(queues.every((queue) => queue.readOnlyMode)).toBe(true);
    expect(queues.find((queue) => queue.name === 'line')?.counts['waiting']).toBe(1);
  });

  it('changes nothing: what would, is not there', async () => {
    for (const [method, url] of [
      ['PUT', '/ops/queues/api/queues/line/pause'],
      ['PUT', '/ops/queues/api/queues/line/empty'],
      ['DELETE', '/ops/queues/api/queues/line/obliterate'],
    ] as const) {
      const answer = await here.app.inject({ method, url, headers: { cookie, 'sec-fetch-site': 'same-origin' } });
      expect(answer.statusCode).toBe(404);
    }
    expect((await look('/ops/queues/static/../../package.json')).statusCode).toBe(404);
  });
});
