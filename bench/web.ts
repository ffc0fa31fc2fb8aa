import type { CDPSession, Page, Request } from 'playwright-core';
import { launchBrowser } from '../tests/browser/browser.ts';
import { signIn } from '../tests/browser/desk.ts';
import { startNewsroom } from '../tests/browser/newsroom.ts';
import type { Newsroom } from '../tests/browser/newsroom.ts';
import { writePosts } from '../tests/browser/seed.ts';
import { approveByKey } from './web-approve.ts';

/**
 * Prints what the dashboard costs its readers beside what it may: `npm run bench:web`. A whole product, a real browser, and 10,000
 * posts that are really in its database.
 */
const MOVES = 40;
const POSTS = 10_000;
/** Rows that one import takes. */
const ROWS = 500;
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
  const { keys, answeredMs, shownMs } = await approveByKey(editor.page, newsroom);
  print('keys to approve and schedule what waits on the Desk', String(keys), '1');
  print(`from that key to the server's answer, median of ${answeredMs.length}`, `${at(answeredMs, 0.5)} ms`, '–');
  print(`from that key to the page showing it, median of ${shownMs.length}`, `${at(shownMs, 0.5)} ms`, '–');
  const month = await monthOf(editor.page, newsroom);
  print(`script to draw a month of ${month.posts.toLocaleString('en')} posts`, `${month.ms.toFixed(0)} ms`, '100 ms');
} finally {
  await editor[Symbol.asyncDispose]();
}

/** Every script that a Desk with work on it asks for on a wide screen, as the server sends it. */
async function firstLoad(page: Page, newsroom: Newsroom): Promise<{ bytes: number; files: number }> {
  const text =
    'The harbour office of Lowmere has painted its clock, it said on Friday.\nThe paint cost 900 crowns. The clock is right again.';
  await writePosts(newsroom, { title: 'Lowmere paints its clock', text });
  const requests: Request[] = [];
  const note = (request: Request): void => void (request.url().endsWith('.js') && requests.push(request));
  await page.setViewportSize({ width: 1920, height: 1080 });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  page.on('requestfinished', note);
  await page.goto(`${newsroom.address}/desk`);
  await page.locator('[data-post]').first().waitFor();
  await page.waitForLoadState('load');
  await page.waitForTimeout(1_000);
  page.off('requestfinished', note);
  await devtools.detach();
  const sizes = await Promise.all(requests.map((request) => request.sizes()));
  return { bytes: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0), files: requests.length };
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

/** How long scripts run while the calendar asks for a month that it has not seen, and draws it. */
async function monthOf(page: Page, { address, api }: Newsroom): Promise<{ ms: number; posts: number }> {
  const { data } = await api<{ data: { id: string }[] }>('GET', '/v1/accounts');
  const today = new Date();
  // The month after next: all of it is still to come.
  const from = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 2, 1, 12);
  const rows = Array.from({ length: POSTS }, (_, index) => ({
    accountIds: [data[0]?.id],
    text: `Post ${index + 1}: the tide table of the harbour is out, and the ferry sails by it.`,
    schedule: { at: new Date(from + Math.floor((index * 27 * DAY_MS) / POSTS)).toISOString() },
  }));
  for (let at = 0; at < POSTS; at += ROWS) {
    await api('POST', '/v1/post-imports', { rows: rows.slice(at, at + ROWS) });
  }
  const day = new Date(from + 14 * DAY_MS).toISOString().slice(0, 10);
  await page.goto(`${address}/calendar?view=day&date=${day}`);
  await page.locator('[data-chip]').first().waitFor();
  // What the page does about the posts that were written is over by then.
  await page.waitForTimeout(3_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const before = await scriptMs(devtools);
  await page.keyboard.press('m');
  await page.locator('[role="grid"][aria-label="Month"]').waitFor();
  await page.waitForTimeout(1_500);
  const ms = (await scriptMs(devtools)) - before;
  const counts = await page.locator('[role="gridcell"]').allTextContents();
  const posts = counts.reduce((sum, text) => sum + Number(/, (\d+) posts?/.exec(text)?.[1] ?? 0), 0);
  return { ms, posts };
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
