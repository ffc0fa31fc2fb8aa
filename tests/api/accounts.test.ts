import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView, NetworkView } from '../../src/api/schemas/account.ts';
import { networks } from '../../src/networks/registry.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

const add = (payload: object) => here.app.inject({ method: 'POST', url: '/v1/accounts', headers, payload });
const read = (url: string) => here.app.inject({ url, headers });

describe('the networks', () => {
  it('each say their rules and what an account must give, as JSON Schema', async () => {
    const { data } = (await read('/v1/networks')).json<{ data: NetworkView[] }>();
    expect(data.map((network) => network.id)).toEqual(networks.map((network) => network.profile.id));
    for (const network of data) {
      expect(network.limits).toHaveProperty('text.max');
      expect(network.credentials.$schema).toContain('json-schema.org');
    }
    expect(data.filter((network) => network.isSandbox).map((network) => network.id)).toEqual(['sandbox']);
  });
});

describe('an account', () => {
  it('is added, listed, checked and removed', async () => {
    const added = await add({ network: 'sandbox', name: 'Evening desk', settings: { minGapMs: 60_000 } });
    expect(added.statusCode).toBe(201);
    const account = added.json<AccountView>();
    expect(account).toMatchObject({ name: 'Evening desk', state: 'connected', settings: { minGapMs: 60_000 } });
    const url = `/v1/accounts/${account.id}`;
    expect(added.headers.location).toBe(url);
    const checked = await here.app.inject({ method: 'POST', url: `${url}/check`, headers });
    expect(checked.json()).toMatchObject({ id: account.id, state: 'connected' });
    expect((await read('/v1/accounts?network=sandbox')).body).toContain(account.id);
    expect((await here.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204);
    expect((await read(url)).statusCode).toBe(404);
    expect((await read('/v1/accounts')).body).not.toContain(account.id);
    expect((await read('/v1/accounts?state=removed')).body).toContain(account.id);
  });

  it('that is removed cancels what has not gone out, and says so; what is out stays', async () => {
    const account = (await add({ network: 'sandbox', name: 'Night desk' })).json<AccountView>();
    const make = async (schedule: unknown): Promise<string> => {
      const payload = { accountIds: [account.id], text: `Removed with it ${JSON.stringify(schedule)}`, schedule };
      const made = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
      return made.json<{ data: { id: string }[] }>().data[0]?.id ?? '';
    };
    const waiting = [await make('review'), await make({ at: new Date(Date.now() + 3_600_000).toISOString() })];
    const out = await make('draft');
    await here.context.database.run(`UPDATE standfirst.post SET state = 'published' WHERE id = $1`, [out]);
    const url = `/v1/accounts/${account.id}`;
    expect((await here.app.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204);
    for (const id of waiting) {
      const gone = { state: 'cancelled', reason: 'Its account was removed.', wakeAt: null };
      expect((await read(`/v1/posts/${id}`)).json()).toMatchObject(gone);
      expect((await read(`/v1/audit?subject=${id}`)).body).toContain('post.cancelled');
    }
    expect((await read(`/v1/posts/${out}`)).json()).toMatchObject({ state: 'published', reason: null });
  });

  it('never shows its credentials', async () => {
    const one = (await read(`/v1/accounts/${here.sandboxId}`)).json<object>();
    expect(Object.keys(one)).not.toContain('credentials');
  });

  it('on a network that does not exist is refused with the ones there are', async () => {
    const answer = await add({ network: 'myspace' });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors).toMatchObject([{ pointer: '/network' }]);
    expect(problemOf(answer).detail).toContain('sandbox');
  });

  it('with credentials that are not right is told each fault', async () => {
    const answer = await add({ network: 'x', credentials: { kind: 'oauth1', appKey: 'k' } });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors?.map((fault) => fault.pointer)).toEqual(
      expect.arrayContaining(['/credentials/appSecret', '/credentials/accessToken', '/credentials/accessSecret']),
    );
  });

  it('with quiet hours that never end is told that they leave no time', async () => {
    const answer = await add({ network: 'sandbox', settings: { quietHours: [{ from: '12:00', to: '12:00' }] } });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors).toMatchObject([{ pointer: '/settings/quietHours' }]);
    expect(problemOf(answer).detail).toContain('leave no minute of the week');
  });

  it('with settings that are not right is told where', async () => {
    const answer = await add({ network: 'sandbox', settings: { minGapMs: -1, minGap: 5 } });
    expect(answer.statusCode).toBe(400);
    expect(
      problemOf(answer)
        .errors?.map((fault) => fault.pointer)
        .sort(),
    ).toEqual(['/settings/minGap', '/settings/minGapMs']);
  });
});
