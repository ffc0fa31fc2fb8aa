import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';

const STILL_MS = 250;
const LONGEST_MS = 20_000;

/** How many things move, once the page has drawn what it knows and has nothing to do: a busy one asks for nothing either. */
const MOVING = `(async () => {
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 2_000 }));
  return document.getAnimations().filter((one) => one.playState === 'running' && one.effect?.getTiming().iterations !== Infinity).length;
})()`;

/** Waits until a page has drawn what it knows and nothing moves on it, where nothing was asked for: after another theme, say. */
export async function isDrawn(page: Page): Promise<void> {
  for (const end = Date.now() + LONGEST_MS; (await page.evaluate(MOVING)) !== 0; await sleep(50))
    if (Date.now() > end) throw new Error('Something moves on the page without an end.');
}

/** Tells when a page has come to rest: nothing is being asked but the stream of events, nothing is drawn, and nothing moves. */
export function watchQuiet(page: Page): () => Promise<void> {
  const open = new Set<Request>();
  let since = Date.now();
  const change = (work: () => void): void => {
    work();
    since = Date.now();
  };
  const isStream = (request: Request): boolean => new URL(request.url()).pathname === '/v1/events';
  page.on('request', (request) => {
    if (!isStream(request)) change(() => open.add(request));
  });
  const close = (request: Request): void => change(() => open.delete(request));
  page.on('requestfinished', close);
  page.on('requestfailed', close);
  page.on('framenavigated', () => change(() => open.clear()));
  return async () => {
    // What was just pressed may not have asked for anything yet.
    since = Date.now();
    for (const end = Date.now() + LONGEST_MS; Date.now() < end; await sleep(50)) {
      if (open.size > 0 || Date.now() - since < STILL_MS) continue;
      const before = since;
      const moving = await page.evaluate(MOVING);
      // What it was busy with may have asked for more.
      if (moving === 0 && since === before && open.size === 0) return;
    }
    throw new Error(`The page did not come to rest: ${[...open].map((request) => request.url()).join(', ')}`);
  };
}
