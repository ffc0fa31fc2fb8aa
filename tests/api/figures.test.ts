import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FiguresView } from '../../src/api/schemas/figures.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

const MINUTE = 60_000;
let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

interface Past {
  readonly minutesAgo: number;
  readonly state: string;
  readonly latenessMs?: number;
  readonly tries?: number;
  readonly network?: string;
}

async function past({ minutesAgo, state, latenessMs, tries = 0, network = 'sandbox' }: Past): Promise<void> {
  const parts = [{ text: `The tide was high ${minutesAgo} minutes ago.`, media: [], card: null }];
  const at = new Date(Date.now() + 60 * MINUTE);
  const [made] = await createPosts(here.context, { parts, accountIds: [here.sandboxId], schedule: { at } }, 'test');
  await here.context.database.run(
    `UPDATE standfirst.post SET state = $2, due_at = standfirst.clock() - make_interval(mins => $3), lateness_ms = $4, tries = $5, network = $6
      WHERE id = $1`,
    [made?.id, state, minutesAgo, latenessMs ?? null, tries, network],
  );
}

const read = async (query = ''): Promise<FiguresView> =>
  (await here.app.inject({ url: `/v1/figures${query}`, headers })).json();

describe('the figures', () => {
  it('are all nought where nothing was due', async () => {
    const { networks, stretchMs } = await read();
    expect(stretchMs).toBe(30 * MINUTE);
    expect(networks).toMatchObject([{ network: null, whole: { published: 0, worstMs: null }, stretches: [] }]);
  });

  it('say what became of posts where they were due, by network and for all together', async () => {
    // 20 that left 1, 2 … 20 s late: the median is the 10th, 95 of 100 is the 19th.
    for (let n = 1; n <= 20; n++) await past({ minutesAgo: 15, state: 'published', latenessMs: n * 1_000 });
    await past({ minutesAgo: 45, state: 'published', latenessMs: 31_000, tries: 2, network: 'bluesky' });
    await past({ minutesAgo: 45, state: 'failed', network: 'bluesky' });
    await past({ minutesAgo: 45, state: 'stale', network: 'bluesky' });
    await past({ minutesAgo: 90, state: 'published', latenessMs: 1 });
    await past({ minutesAgo: 5, state: 'cancelled' });
    await past({ minutesAgo: -5, state: 'scheduled' });
    const { from, networks } = await read('?hours=1&stretches=2');
    const [all, bluesky, sandbox] = networks;
    expect(networks.map(({ network }) => network)).toEqual([null, 'bluesky', 'sandbox']);
    const own = { published: 20, retried: 0, failed: 0, held: 0, measured: 20, onTime: 20 };
    const late = { medianMs: 10_000, p95Ms: 19_000, worstMs: 20_000 };
    expect(sandbox?.stretches).toMatchObject([{ ...own, ...late }]);
    expect(Date.parse(sandbox?.stretches[0]?.from ?? '') - Date.parse(from)).toBe(30 * MINUTE);
    expect(bluesky?.stretches).toMatchObject([
      { from, retried: 1, failed: 2, measured: 1, onTime: 0, worstMs: 31_000 },
    ]);
    expect(all?.whole).toMatchObject({ published: 20, retried: 1, failed: 2, measured: 21, onTime: 20 });
    expect(all?.stretches).toHaveLength(2);
  });

  it('count as held what a hold keeps back, and only when its time has come', async () => {
    await past({ minutesAgo: 10, state: 'scheduled' });
    const held = async (): Promise<number | undefined> => (await read('?hours=1')).networks[0]?.whole.held;
    expect(await held()).toBe(0);
    const payload = { scope: 'all', reason: 'A drill.' };
    const placed = await here.app.inject({ method: 'POST', url: '/v1/holds', headers, payload });
    expect(placed.statusCode, placed.body).toBe(201);
    expect(await held()).toBe(1);
  });

  it('are refused for a span that is too long, or cut too finely', async () => {
    const answer = await here.app.inject({ url: '/v1/figures?hours=721&stretches=0', headers });
    expect(answer.statusCode).toBe(400);
    expect(problemOf(answer).errors).toHaveLength(2);
  });
});
