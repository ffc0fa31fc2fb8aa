import { createRequire } from 'node:module';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { looks } from './looks.mjs';

const { source } = createRequire(import.meta.resolve('@axe-core/playwright'))('axe-core') as { source: string };

/** The rules that a theme can break: it changes colours, and no element. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * What breaks a rule of accessibility on a page, or is wider than the window.
 * @param what `colours` where the same page was looked at whole in another theme.
 */
export async function faultsOf(page: Page, what: 'all' | 'colours' = 'all'): Promise<string[]> {
  // The builder would put its 600 kB into the page twice for each answer: as long as the answer itself takes.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(source);
  // No frame of another origin is ours: the mode that opens a page of its own for each answer is not needed.
  const { violations } = await new AxeBuilder({ page: page as never, axeSource: 'true' })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], ...(what === 'all' ? {} : { runOnly: OF_COLOURS }) })
    .analyze();
  const broken = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join(' | ')}`,
  );
  return [...broken, ...(await page.evaluate(looks.tooWide))];
}
