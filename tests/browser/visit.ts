import type { Page } from 'playwright-core';
import { watchQuiet } from './quiet.ts';

export interface Visit {
  /** Goes to a screen and waits until it rests. Where only a window stands open on it, that is closed, and nothing is loaded again. */
  readonly to: (address: string) => Promise<void>;
  readonly isQuiet: () => Promise<void>;
}

export function visit(page: Page): Visit {
  const isQuiet = watchQuiet(page);
  const windows = page.getByRole('dialog');
  let at = '';
  return {
    isQuiet,
    to: async (address) => {
      if (address === at && (await windows.count()) > 0) {
        await page.keyboard.press('Escape');
        await windows.first().waitFor({ state: 'hidden' });
      } else {
        await page.goto(address);
        await page.locator('main h1').waitFor();
      }
      at = address;
      await isQuiet();
    },
  };
}
