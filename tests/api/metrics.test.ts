import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApi } from '../../src/api/api.ts';
import { publish } from '../../src/pipeline/publish.ts';
import type { PostView } from '../../src/api/schemas/post.ts';
import { eventsAfter } from '../../src/store/event.ts';
import type { Installation } from './installation.ts';
import { openInstallation } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
});
afterAll(() => here.close());

async function scrape(): Promise<Map<string, number>> {
  const answer = await here.app.inject({ url: '/metrics', headers });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4');
  const samples = answer.body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(samples.map((line) => [line.replace(/ [^ ]+$/, ''), Number(line.split(' ').at(-1))]));
}

async function due(): Promise<string> {
  const payload = { accountIds: [here.sandboxId], text: `Due ${Math.random()}`, schedule: 'now' };
  const made = await here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
  return made.json<{ data: [PostView] }>().data[0].id;
}

const send = (postId: string) => publish(here.context, { postId, network: 'sandbox' }, new AbortController().signal);

/** Until so many can be counted: an event can be read once every transaction before it has ended, also those of other databases on this server. */
async function readable(count: number): Promise<void> {
  const published = async () =>
    (await eventsAfter(here.context.database, '0-0', 1000)).filter(({ type }) => type === 'post.published');
  await expect.poll(published).toHaveLength(count);
}

it('counts what became of posts, wherever they were sent, once each', async () => {
  const sent = 'standfirst_posts_total{network="sandbox",outcome="published"}';
  expect((await scrape()).get(sent)).toBeUndefined();
  for (let n = 0; n < 3; n++) await send(await due());
  await readable(3);
  const [first, second] = await Promise.all([scrape(), scrape()]);
  expect([first?.get(sent), second?.get(sent)]).toEqual([3, 3]);
  await send(await due());
  await readable(4);
  const later = await scrape();
  expect(later.get(sent)).toBe(4);
  expect(later.get('standfirst_publish_lateness_seconds_count{network="sandbox"}')).toBe(4);
  expect(later.get('standfirst_publish_lateness_seconds_bucket{le="900",network="sandbox"}')).toBe(4);
});

it('answers the same totals from every process, and after a restart', async () => {
  const sent = 'standfirst_posts_total{network="sandbox",outcome="published"}';
  await send(await due());
  await readable(5);
  const other = await buildApi(here.context, { dashboardDir: '/nowhere' });
  const answers = await Promise.all([here.app, other].map((app) => app.inject({ url: '/metrics', headers })));
  const totals = answers.map(({ body }) => body.split('\n').find((line) => line.startsWith(sent)));
  expect(totals).toEqual([`${sent} 5`, `${sent} 5`]);
  await other.close();
});

it('says what waits, and since when', async () => {
  const id = await due();
  await here.context.database.run(
    `UPDATE standfirst.post SET wake_at = standfirst.clock() - interval '90 seconds' WHERE id = $1`,
    [id],
  );
  const waiting = await scrape();
  expect(waiting.get('standfirst_due_posts')).toBe(1);
  expect(waiting.get('standfirst_oldest_due_seconds')).toBeGreaterThanOrEqual(90);
  expect(waiting.get('standfirst_worker_heartbeat_timestamp')).toBe(0);
  await send(id);
  expect((await scrape()).get('standfirst_due_posts')).toBe(0);
});

it('tells what somebody holds from what is late', async () => {
  const [kept, late] = [await due(), await due()];
  const payload = { scope: 'post', target: kept, reason: 'To be looked at.' };
  const hold = await here.app.inject({ method: 'POST', url: '/v1/holds', headers, payload });
  expect(hold.statusCode).toBe(201);
  await here.context.database.run(
    `UPDATE standfirst.post SET wake_at = standfirst.clock() - CASE id WHEN $1 THEN interval '9 hours' ELSE interval '90 seconds' END WHERE id IN ($1, $2)`,
    [kept, late],
  );
  const waiting = await scrape();
  expect(waiting.get('standfirst_due_posts')).toBe(1);
  expect(waiting.get('standfirst_held_posts')).toBe(1);
  expect(waiting.get('standfirst_oldest_due_seconds')).toBeLessThan(3_600);
});

it('are for those who may read them', async () => {
  expect((await here.app.inject({ url: '/metrics' })).statusCode).toBe(401);
  expect((await here.app.inject({ url: '/metrics', headers: await here.key(['posts:read']) })).statusCode).toBe(403);
});
