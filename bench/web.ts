import type { CDPSession, Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { launchBrowser } from '../tests/browser/browser.ts';
import { signIn } from '../tests/browser/desk.ts';
import { startNewsroom } from '../tests/browser/newsroom.ts';
import type { Newsroom } from '../tests/browser/newsroom.ts';

/**
 * Prints what the dashboard costs its readers beside what it may: `npm run bench:web`. A whole product, a real browser; only
 * the month of 10,000 posts is made up on the way to the page, because what is measured there is the page.
 */
const MOVES = 40;
const POSTS = 10_000;
const DAY_MS = 86_400_000;

await using newsroom = await startNewsroom();
await using browser = await launchBrowser();
const editor = await signIn(browser, newsroom);
try {
  console.log('| what | here | at most |\n|---|---|---|');
  const { bytes, files } = await firstLoad(editor.page, newsroom);
  print(`script of the Desk's first load, compressed (${files} files)`, `${(bytes / 1000).toFixed(0)} kB`, '250 kB');
  const spans = await eventsToPixels(editor.page, newsroom);
  print(`event to pixel, median of ${spans.length}`, `${at(spans, 0.5)} ms`, '–');
  print(`event to pixel, 95 of 100`, `${at(spans, 0.95)} ms`, '500 ms');
  const month = await monthOf(editor.page, newsroom);
  print(`script to draw a month of ${month.posts.toLocaleString('en')} posts`, `${month.ms.toFixed(0)} ms`, '100 ms');
} finally {
  await editor[Symbol.asyncDispose]();
}

/** Every script that opening the Desk asks for, as a server that compresses would send it. */
async function firstLoad(page: Page, { address }: Newsroom): Promise<{ bytes: number; files: number }> {
  const bodies: Promise<Buffer>[] = [];
  const note = (response: Awaited<ReturnType<Page['waitForResponse']>>): void => {
    if (response.url().endsWith('.js')) bodies.push(response.body());
  };
  page.on('response', note);
  await page.goto(`${address}/desk`);
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('load');
  await page.waitForTimeout(1_000);
  page.off('response', note);
  const all = await Promise.all(bodies);
  return { bytes: all.reduce((sum, body) => sum + gzipSync(body).length, 0), files: all.length };
}

/** From the moment the API has answered a change to the moment the Rundown shows it, in milliseconds. */
async function eventsToPixels(page: Page, { address, api }: Newsroom): Promise<number[]> {
  const accounts = await api<{ data: { id: string }[] }>('GET', '/v1/accounts');
  const start = Math.ceil(Date.now() / 60_000) * 60_000 + 3_600_000;
  const { data } = await api<{ data: { id: string }[] }>('POST', '/v1/posts', {
    accountIds: [accounts.data[0]?.id],
    text: 'The clock of the harbour is right again.',
    schedule: { at: new Date(start).toISOString() },
  });
  const id = data[0]?.id ?? '';
  await page.goto(address);
  const time = page.locator('section[aria-labelledby="next-posts"] time');
  await time.first().waitFor();
  await page.locator('[data-live="live"]').waitFor();
  const spans: number[] = [];
  for (let n = 1; n <= MOVES; n++) {
    const to = new Date(start + n * 60_000).toISOString();
    const seen = page.evaluate<number>(untilShown(to));
    await api('POST', `/v1/posts/${id}/schedule`, { at: to });
    const answered = Date.now();
    spans.push(Math.max(0, (await seen) - answered));
    await page.waitForTimeout(400);
  }
  await api('POST', `/v1/posts/${id}/cancel`, {});
  return spans.sort((a, b) => a - b);
}

/** Runs in the page, looks with every frame, and answers when the frame that shows the time has been drawn. */
function untilShown(time: string): string {
  return `new Promise((resolve) => {
    const look = () => {
      const first = document.querySelector('section[aria-labelledby="next-posts"] time');
      if (first?.getAttribute('datetime') === ${JSON.stringify(time)}) requestAnimationFrame(() => resolve(Date.now()));
      else requestAnimationFrame(look);
    };
    look();
  })`;
}

/** How long scripts run while the calendar draws a month from what it has already asked for. */
async function monthOf(page: Page, { address, api }: Newsroom): Promise<{ ms: number; posts: number }> {
  const accounts = await api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const like = await api<{ data: Record<string, unknown>[] }>('GET', '/v1/posts?limit=1');
  const today = new Date();
  const from = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1, 12);
  const posts = Array.from({ length: POSTS }, (_, index) => ({
    ...like.data[0],
    id: `post_${String(index).padStart(8, '0')}`,
    accountId: accounts.data[0]?.id,
    state: 'scheduled',
    dueAt: new Date(from + (index * 27 * DAY_MS) / POSTS).toISOString(),
  }));
  let sent = 0;
  await page.route('**/v1/posts?*dueAfter*', async (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [first, last] = [query.get('dueAfter') ?? '', query.get('dueBefore') ?? '9'];
    const asked = posts.filter(({ dueAt }) => dueAt >= first && dueAt < last);
    const at = Number(query.get('cursor') ?? 0);
    const most = Number(query.get('limit') ?? 100);
    const data = asked.slice(at, at + most);
    sent = Math.max(sent, at + data.length);
    const nextCursor = at + most < asked.length ? String(at + most) : null;
    await route.fulfill({ json: { data, nextCursor } });
  });
  const day = new Date(from + 14 * DAY_MS).toISOString().slice(0, 10);
  await page.goto(`${address}/calendar?view=month&date=${day}`);
  await page.locator('main h1').waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.waitForTimeout(2_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.keyboard.press('d');
  await page.waitForTimeout(1_500);
  const before = await scriptMs(devtools);
  await page.keyboard.press('m');
  await page.waitForTimeout(1_500);
  return { ms: (await scriptMs(devtools)) - before, posts: sent };
}

async function scriptMs(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return 1_000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0);
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function print(...cells: string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}
