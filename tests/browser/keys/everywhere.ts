import type { Shows, Shown } from './walk.ts';
import { close, opens } from './walk.ts';

/** What works on every screen. Ends where it began, on the Desk. */
export function everywhere(address: string): Shown {
  const leadsTo =
    (path: string): Shows =>
    async (press, page) => {
      await press();
      await page.waitForURL((url) => url.pathname === path);
      await page.locator('main h1').waitFor();
    };
  return {
    Everywhere: {
      Keys: opens('Keys'),
      'Go to, do, find': opens('Go to, do, find'),
      Search: async (press, page) => {
        // A screen without a search of its own searches everywhere.
        await press();
        await page.getByRole('combobox', { name: /^A screen, an action/ }).waitFor();
        await close(page);
        await page.goto(`${address}/stories`);
        await page.getByRole('searchbox').waitFor();
        await press();
        await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
        await page.locator('main h1').click();
      },
      'New story': async (press, page) => {
        await press();
        await page.waitForURL('**/intake#paste');
        await page.getByLabel('Paste a link or the text of an article').and(page.locator(':focus')).waitFor();
        await page.locator('main h1').click();
      },
      Undo: async (press, page) => {
        await press();
        await page.getByText('There is nothing to take back.').first().waitFor();
      },
      'Hold the wire': opens('Hold the wire'),
      'Go to Rundown': leadsTo('/'),
      'Go to Stories': leadsTo('/stories'),
      'Go to Intake': leadsTo('/intake'),
      'Go to Calendar': leadsTo('/calendar'),
      'Go to Failures': leadsTo('/failures'),
      'Go to Outbox': leadsTo('/outbox'),
      'Go to Health': leadsTo('/health'),
      'Go to Setup': leadsTo('/setup'),
      'Go to Desk': leadsTo('/desk'),
    },
  };
}
