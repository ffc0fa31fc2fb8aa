import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';
import { startRedis } from '../servers/redis.ts';
import { connectFakes, until } from './seed.ts';

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
const WAIT = { timeout: 25_000 };

beforeAll(async () => {
  [newsroom, browser] = await Promise.all([
    startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }),
    launchBrowser(),
  ]);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
});

test('Health times every hop of a test post, forecasts what does not fit, and holds and resumes by key', async () => {
  const { data } = await newsroom.api<{ data: { id: string; version: number }[] }>('GET', '/v1/accounts');
  const [account] = data;
  await newsroom.api('PATCH', `/v1/accounts/${account?.id}`, { settings: { hourlyCap: 2 } }, account?.version);
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/health`);
  await page.getByRole('heading', { name: 'Room and forecast' }).waitFor(WAIT);
  await page.getByText(/^Collecting since .*\d\d:\d\d/).waitFor(WAIT);
  await page.keyboard.press('s');
  await page.getByRole('heading', { name: 'The test post went out' }).waitFor(WAIT);
  expect(await page.locator('[data-hop]').count()).toBe(5);
  const at = new Date(Date.now() + 30 * 60_000).toISOString();
  for (const text of ['One', 'Two', 'Three']) {
    await newsroom.api('POST', '/v1/posts', { accountIds: [account?.id], text, schedule: { at } });
  }
  await page.getByRole('cell', { name: '1/2' }).waitFor(WAIT);
  await page.getByRole('cell', { name: /: 3 posts, 2 fit in an hour; up to .* late$/ }).waitFor(WAIT);
  const load = page.getByRole('region', { name: 'Load of the next 24 hours' });
  await load.getByText('2 an hour', { exact: true }).waitFor(WAIT);
  await page.keyboard.press('v');
  expect(await page.getByRole('button', { name: 'As a chart' }).count()).toBe(3);
  await load.getByRole('columnheader', { name: 'Sandbox (2 an hour)' }).waitFor(WAIT);
  await load.getByRole('columnheader', { name: 'An hour takes', exact: true }).waitFor(WAIT);
  await page.getByRole('combobox', { name: 'Network of the charts' }).click();
  await page.getByRole('option', { name: 'Sandbox' }).click();
  const throughput = page.getByRole('region', { name: 'Throughput' }).getByRole('table');
  for (const name of ['Published', 'After more than one try', 'Held now', 'Failed'])
    await throughput.getByRole('columnheader', { name, exact: true }).waitFor(WAIT);
  await until(async () => (await throughput.getByRole('cell', { name: '1', exact: true }).count()) > 0);
  // Single keys never fire in an input.
  await page.locator('main h1').click();
  await page.keyboard.press('1');
  await until(() => page.getByRole('radio', { name: '1 h', exact: true }).isChecked());

  await page.keyboard.press('p');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('A drill.');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  const holds = async () => (await newsroom.api<{ data: unknown[] }>('GET', '/v1/holds')).data.length;
  await until(async () => (await holds()) === 1);
  await page.locator('main').getByRole('button', { name: 'Resume' }).first().waitFor(WAIT);
  await page.keyboard.press('p');
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await until(async () => (await holds()) === 0);
  expect(editor.complaints).toEqual([]);
}, 90_000);

/** Where words are written in a plot that cover a point of it, or are cut off at its edge. Runs in the page. */
const COVERED = `[...document.querySelectorAll('section[aria-label="Lateness"] svg[role="img"]')].flatMap((plot) => {
  const edge = plot.getBoundingClientRect().left;
  const points = [...plot.querySelectorAll('circle')].map((one) => one.getBoundingClientRect());
  return [...plot.querySelectorAll('text')].filter((words) => {
    const box = words.getBoundingClientRect();
    const isOver = ({ left, right, top, bottom }) => left < box.right && right > box.left && top < box.bottom && bottom > box.top;
    return box.left < edge || points.some(isOver);
  }).map((words) => words.textContent);
})`;

test.each([380, 90_000])(
  'no word in the plot of lateness covers the worst of the last hour, %i ms',
  async (worstMs) => {
    await using editor = await signIn(browser, newsroom);
    const { page } = editor;
    await page.route('**/v1/figures?*', async (route) => {
      const response = await route.fetch();
      const figures = (await response.json()) as { to: string; stretchMs: number; networks: object[] };
      const from = new Date(new Date(figures.to).getTime() - figures.stretchMs).toISOString();
      const lateness = { measured: 3, onTime: 2, medianMs: 20, p95Ms: worstMs - 9, worstMs };
      const all = { published: 3, retried: 0, failed: 0, held: 0, ...lateness };
      await route.fulfill({
        response,
        json: { ...figures, networks: [{ network: null, whole: all, stretches: [{ from, ...all }] }] },
      });
    });
    await page.goto(`${newsroom.address}/health`);
    const lateness = page.getByRole('region', { name: 'Lateness' });
    await until(async () => (await lateness.locator('circle').count()) === 3);
    expect(await page.evaluate(COVERED)).toEqual([]);
    await lateness.getByRole('listitem').filter({ hasText: '30 s' }).waitFor(WAIT);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    expect(editor.complaints).toEqual([]);
  },
  60_000,
);

test('Health names the worker with its memory, the database, the feeds, and loads no list of posts for any of it', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname + new URL(request.url()).search));
  await page.goto(`${newsroom.address}/health`);
  const worker = page.getByRole('region', { name: 'Workers' }).first().locator('[data-worker]');
  await worker.getByText(/^\d+ MB$/).waitFor(WAIT);
  await worker.getByText('now', { exact: true }).waitFor(WAIT);
  const foundations = page.getByRole('region', { name: 'What the product stands on' });
  for (const name of ['database', 'queue', 'clock', 'disk'])
    await foundations.locator(`[data-check="${name}"]`).waitFor(WAIT);
  await foundations.getByText(/connections · answers in \d+ ms/).waitFor(WAIT);
  await foundations.getByText('agrees with ours').waitFor(WAIT);
  // The strip asks for the next one and for what waits; a list of what went out or is planned is asked for by nobody.
  const lists = asked.filter((path) => path.startsWith('/v1/posts?') && /state=(published|scheduled%2C)/.test(path));
  expect(lists).toEqual([]);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('an account whose sign-in ran out is named on Health with the way to renew it', async () => {
  const { social, receiver } = await connectFakes(newsroom);
  await social.setMode({ name: '401', scope: 'all' });
  const { data } = await newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const account = data.find(({ network }) => network === 'mastodon');
  await newsroom.api('POST', `/v1/accounts/${account?.id}/check`).catch(() => {});
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/health`);
  await page.getByRole('button', { name: 'Reconnect @desk@social.example' }).click(WAIT);
  await page.getByRole('dialog').getByText('It must be the same account there').waitFor(WAIT);
  await social[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
}, 60_000);

describeWith(['redis', 'postgres'], 'with Redis', () => {
  test('Health is drawn from PostgreSQL while Redis is away, and says what that means and when no worker is left', async () => {
    const redis = await startRedis();
    await using other = await startNewsroom({ DATABASE_URL: await freshDatabase(), REDIS_URL: redis.url });
    await using editor = await signIn(browser, other);
    const { page } = editor;
    await page.goto(`${other.address}/health`);
    const foundations = page.getByRole('region', { name: 'What the product stands on' });
    await foundations.getByText(/^Redis \d+\..*maxmemory-policy noeviction · appendonly/).waitFor(WAIT);
    await redis[Symbol.asyncDispose]();
    await page.reload();
    await foundations.getByText('Redis does not answer').waitFor(WAIT);
    await page.getByRole('region', { name: 'Lateness' }).waitFor(WAIT);
    await page.getByRole('heading', { name: 'Room and forecast' }).waitFor(WAIT);
    await foundations.getByText(/answers in \d+ ms/).waitFor(WAIT);

    // The worker is in this process and beats on: what it wrote is made older than it is.
    await page.route('**/v1/workers', async (route) => {
      const answer = await route.fetch();
      const { data } = (await answer.json()) as { data: { seenAt: string; isAlive: boolean }[] };
      const seenAt = new Date(Date.now() - 45_000).toISOString();
      await route.fulfill({ json: { data: data.map((worker) => ({ ...worker, seenAt, isAlive: false })) } });
    });
    await page.reload();
    await page.getByText(/No worker has reported for \d+ s; posts will be late/).waitFor(WAIT);
    await page.getByText('npm start -- --role worker').waitFor(WAIT);
    // It is asked for every five seconds: one that is under way when the page goes would end the run.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  }, 120_000);
});
