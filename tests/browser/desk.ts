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
  return {
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      await context.close();
    },
  };
}
