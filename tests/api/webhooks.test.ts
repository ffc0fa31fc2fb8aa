import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
  headers = await here.key();
});
afterAll(() => here.close());

interface Hook {
  id: string;
  secret: string;
  version: number;
}

const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object, more = {}) =>
  here.app.inject({ method, url, headers: { ...headers, ...more }, ...(payload === undefined ? {} : { payload }) });
const url = 'http://127.0.0.1:9/hook';
const add = (more = {}) => ask('POST', '/v1/webhooks', { url, events: ['post.published', 'post.failed'] }, more);

describe('webhooks', () => {
  it('show their secret once, and not in a replay', async () => {
    const made = await add({ 'idempotency-key': 'one-hook' });
    expect(made.statusCode).toBe(201);
    const { id, secret } = made.json<Hook>();
    expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
    expect((await add({ 'idempotency-key': 'one-hook' })).json()).toMatchObject({ id, secret: null });
    for (const path of ['/v1/webhooks', `/v1/webhooks/${id}`])
      expect((await ask('GET', path)).body).not.toContain('whsec_');
    const { rows } = await here.context.database.pool.query('SELECT secret FROM standfirst.endpoint WHERE id = $1', [
      id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(6, 30));
  });

  it('are changed against their version, given a new secret, and removed', async () => {
    const { id, secret } = (await add()).json<Hook>();
    const changed = await ask(
      'PATCH',
      `/v1/webhooks/${id}`,
      { events: ['post.late'], isActive: false },
      { 'if-match': '"1"' },
    );
    expect(changed.json()).toMatchObject({ events: ['post.late'], state: 'paused', version: 2 });
    expect((await ask('PATCH', `/v1/webhooks/${id}`, { isActive: true }, { 'if-match': '"1"' })).statusCode).toBe(412);
    expect((await ask('PATCH', `/v1/webhooks/${id}`, { isActive: true })).statusCode).toBe(428);
    const rotated = await ask('POST', `/v1/webhooks/${id}/rotate-secret`, { overlapHours: 2 });
    expect(rotated.json<Hook>().secret).not.toBe(secret);
    expect(rotated.json()).toMatchObject({ oldSecretUntil: expect.any(String), version: 3 });
    expect((await ask('DELETE', `/v1/webhooks/${id}`)).statusCode).toBe(204);
    expect((await ask('GET', `/v1/webhooks/${id}`)).statusCode).toBe(404);
    expect((await ask('DELETE', `/v1/webhooks/${id}`)).statusCode).toBe(404);
  });

  it('refuse an address that may not be called, and events that there are not, in one sentence each', async () => {
    const refused = async (body: object) => problemOf(await ask('POST', '/v1/webhooks', body)).errors;
    expect(await refused({ url: 'http://10.0.0.1/', events: ['post.failed'] })).toMatchObject([
      { pointer: '/url', message: expect.stringContaining('10.0.0.1 is not a public address') },
    ]);
    const unknown = (await refused({ url, events: ['post.liked'] })) ?? [];
    expect(unknown.map(({ pointer, message }) => [pointer, message])).toEqual([
      ['/events/0', expect.stringContaining('must be one of article.ingested, story.ready, post.approved')],
    ]);
  });

  it('are not for test keys, which nobody outside may feel', async () => {
    const key = await here.key(undefined, true);
    const payload = { url, events: ['post.failed'] };
    const answer = await here.app.inject({ method: 'POST', url: '/v1/webhooks', headers: key, payload });
    expect(problemOf(answer)).toMatchObject({ status: 403, detail: expect.stringContaining('sandbox only') });
  });

  it('have a log of their deliveries, each with what is sent, and send one again', async () => {
    const { id } = (await add()).json<Hook>();
    const tested = await ask('POST', `/v1/webhooks/${id}/test`, {});
    expect(tested.statusCode).toBe(202);
    const delivery = tested.json<{ id: string }>();
    expect(tested.headers['location']).toBe(`/v1/deliveries/${delivery.id}`);
    const list = await ask('GET', `/v1/webhooks/${id}/deliveries?state=waiting`);
    expect(list.json()).toMatchObject({ data: [{ id: delivery.id, type: 'webhook.test' }], nextCursor: null });
    const detail = (await ask('GET', `/v1/deliveries/${delivery.id}`)).json<{ payload: string; attempts: unknown[] }>();
    expect(JSON.parse(detail.payload)).toMatchObject({ type: 'webhook.test', data: { id } });
    expect(detail.attempts).toEqual([]);
    await here.context.database.run(
      `UPDATE standfirst.delivery SET tries = 3, next_at = standfirst.clock() + interval '2 hours', taken_until = NULL`,
    );
    const sooner = await ask('POST', `/v1/deliveries/${delivery.id}/redeliver`);
    expect(sooner.statusCode).toBe(202);
    expect(Date.parse(sooner.json<{ nextAt: string }>().nextAt)).toBeLessThan(Date.now() + 60_000);
    await here.context.database.run(
      `UPDATE standfirst.delivery SET taken_until = standfirst.clock() + interval '1 minute'`,
    );
    expect(problemOf(await ask('POST', `/v1/deliveries/${delivery.id}/redeliver`))).toMatchObject({
      status: 409,
      detail: expect.stringContaining('is being sent this moment'),
    });
    await here.context.database.run(`UPDATE standfirst.delivery SET state = 'failed', ended_at = now()`);
    const again = await ask('POST', `/v1/deliveries/${delivery.id}/redeliver`);
    expect([again.statusCode, again.json<{ state: string }>().state]).toEqual([202, 'waiting']);
    expect((await ask('GET', '/v1/deliveries/dlv_none')).statusCode).toBe(404);
  });
});
