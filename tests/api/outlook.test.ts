import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

const MINUTE = 60_000;
let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

interface Outlook {
  readonly backlog: { due: number; oldestDueAt: string | null; delayed: number; active: number };
  readonly accounts: readonly {
    accountId: string;
    hourlyCap: number | null;
    sentLastHour: number;
    planned: number;
    worstMs: number;
    lastAt: string | null;
    hours: number[];
  }[];
}
const read = async (): Promise<Outlook> => (await here.app.inject({ url: '/v1/outlook', headers })).json();

/** @param minutes from now; @param state what it is made to be. */
async function post(minutes: number, state = 'scheduled', publishedMinutesAgo: number | null = null): Promise<void> {
  const parts = [{ text: `The tide of ${minutes} and ${state}, ${publishedMinutesAgo}.`, media: [], card: null }];
  const at = new Date(Date.now() + 600 * MINUTE);
  const [made] = await createPosts(here.context, { parts, accountIds: [here.sandboxId], schedule: { at } }, 'test');
  await here.context.database.run(
    `UPDATE standfirst.post SET state = $2, due_at = standfirst.clock() + make_interval(mins => $3),
            wake_at = standfirst.clock() + make_interval(mins => $3),
            published_at = standfirst.clock() - make_interval(mins => $4) WHERE id = $1`,
    [made?.id, state, minutes, publishedMinutesAgo],
  );
}

describe('the outlook', () => {
  it('names every account, also one with nothing to send', async () => {
    const { backlog, accounts } = await read();
    expect(backlog).toEqual({ due: 0, oldestDueAt: null, delayed: 0, active: 0 });
    expect(accounts).toMatchObject([
      { accountId: here.sandboxId, planned: 0, sentLastHour: 0, worstMs: 0, lastAt: null },
    ]);
  });

  it('counts the backlog, the hour that was and the hours to come, and says how late the pace makes the last', async () => {
    const account = await here.app.inject({ url: `/v1/accounts/${here.sandboxId}`, headers });
    await here.app.inject({
      method: 'PATCH',
      url: `/v1/accounts/${here.sandboxId}`,
      headers: { ...headers, 'if-match': String(account.headers['etag']) },
      payload: { settings: { hourlyCap: 2 } },
    });
    await post(-90, 'published', 20);
    await post(-120, 'published', 100);
    await post(-30, 'published', 80);
    await post(-5);
    await post(-4, 'publishing');
    for (const minutes of [70, 70, 70]) await post(minutes);
    await post(25 * 60);
    await post(30, 'in_review');
    const { backlog, accounts } = await read();
    expect(backlog).toMatchObject({ due: 1, delayed: 4, active: 1 });
    expect(Math.round((Date.now() - Date.parse(backlog.oldestDueAt ?? '')) / MINUTE)).toBe(5);
    const [own] = accounts;
    expect(own).toMatchObject({ hourlyCap: 2, sentLastHour: 1, planned: 5 });
    expect(own?.hours.slice(0, 3)).toEqual([2, 3, 0]);
    expect(own?.hours).toHaveLength(24);
    // One went out 20 minutes ago and one goes now: the second of those due waits 40 minutes, the last of the three an hour.
    expect(Math.round((own?.worstMs ?? 0) / MINUTE)).toBeGreaterThanOrEqual(44);
  });

  it('takes the gap from the house where the account has none', async () => {
    const rules = await here.app.inject({
      method: 'PUT',
      url: '/v1/house-rules',
      headers: { ...headers, 'if-match': '"0"' },
      payload: { minGapMs: 120_000 },
    });
    expect(rules.statusCode, rules.body).toBe(200);
    expect((await read()).accounts[0]).toMatchObject({ minGapMs: 120_000 });
  });
});
