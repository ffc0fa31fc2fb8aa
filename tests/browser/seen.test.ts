import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { signIn } from './desk.ts';
import { share, WAIT } from './shared.ts';

/** Pages that nobody looks at. */

const shared = share();

/** As where another tab is in front: the browser of the tests shows every page. */
const setHidden = (page: Page, isHidden: boolean): Promise<void> =>
  page.evaluate(`(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${isHidden} });
    document.dispatchEvent(new Event('visibilitychange'));
  })()`);

test('seven pages of one browser answer, because those behind hold no line open', async () => {
  await using editor = await signIn(shared.browser, shared.newsroom);
  const context = editor.page.context();
  const pages = [editor.page];
  for (let n = 0; n < 6; n++) {
    const last = pages.at(-1) as Page;
    const cut = last.waitForEvent('requestfailed', (request) => request.url().endsWith('/v1/events'));
    await setHidden(last, true);
    await cut;
    const page = await context.newPage();
    await page.goto(`${shared.newsroom.address}/desk`);
    await page.locator('[data-live="live"]').waitFor(WAIT);
    pages.push(page);
  }
  // What happened while nobody looked is there once somebody does.
  await shared.newsroom.api('POST', '/v1/holds', { scope: 'all', reason: 'Nobody looks' });
  await setHidden(editor.page, false);
  await editor.page.locator('[data-live="live"]').waitFor(WAIT);
  await editor.page.getByText('Nobody looks').first().waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 120_000);
