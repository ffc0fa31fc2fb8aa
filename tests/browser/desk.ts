import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Newsroom } from './newsroom.ts';

/** An editor at the dashboard. Anything the browser complains of, or a request to another host, fails the test. */
export interface Editor extends AsyncDisposable {
  readonly page: Page;
  /** What the browser said on its console that was not good, and requests that left this server. */
  readonly complaints: readonly string[];
}

let cookies: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['cookies']>> | null = null;
let signedInto = '';

/** Signs in through the page the first time; later editors of the same newsroom take the same session. */
export async function signIn(
  browser: Browser,
  newsroom: Newsroom,
  options: BrowserContextOptions = {},
): Promise<Editor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== newsroom.address) complaints.push(`asked ${request.url()}`);
  });
  if (cookies !== null && signedInto === newsroom.address) {
    await context.addCookies(cookies);
    await page.goto(newsroom.address);
  } else {
    await page.goto(newsroom.signInLink);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Not now' }).click();
    cookies = await context.cookies();
    signedInto = newsroom.address;
  }
  await page.locator('[data-live="live"]').waitFor();
  let last = '';
  await whenTestFails(() => console.log(last));
  return {
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      last = await shownOn(page);
      await context.close();
    },
  };
}

/** What somebody would need to see who was not there: the address, where the focus is, and the text of the page. */
async function shownOn(page: Page): Promise<string> {
  const told = page.evaluate<string>(
    `location.href + '\\nfocus: ' + (document.activeElement?.cloneNode(false).outerHTML ?? '') + '\\n' + document.body.innerText`,
  );
  return told.catch((error: unknown) => `The page could not be read: ${String(error)}`);
}

/** Nothing outside of a test: pictures are taken without. */
async function whenTestFails(tell: () => void): Promise<void> {
  if (process.env['VITEST'] === undefined) return;
  const { expect, onTestFailed } = await import('vitest');
  if (expect.getState().currentTestName !== undefined) onTestFailed(tell);
}
