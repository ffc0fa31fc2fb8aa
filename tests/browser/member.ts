import type { Page } from 'playwright-core';
import type { Newsroom } from './newsroom.ts';
import type { launchBrowser } from './browser.ts';
import { WAIT } from './shared.ts';

interface Member extends AsyncDisposable {
  readonly page: Page;
}

let count = 0;

/** A colleague of that role, who has followed the invitation and looks at the dashboard. */
export async function join(
  { newsroom, browser }: { newsroom: Newsroom; browser: Awaited<ReturnType<typeof launchBrowser>> },
  role: string,
): Promise<Member> {
  const invited = await newsroom.api<{ link: { path: string } }>('POST', '/v1/users', {
    name: `Role ${role} ${(count += 1)}`,
    role,
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  await page.goto(newsroom.address + invited.link.path);
  await page.getByLabel('New password').fill('tidal-lantern-quince-boat');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.locator('[data-live="live"]').waitFor(WAIT);
  return { page, [Symbol.asyncDispose]: () => context.close() };
}
