import type { Locator, Page } from 'playwright-core';
import type { Line } from './keys/walk.ts';
import { pressAll, readSheet } from './keys/walk.ts';
import { watchQuiet } from './quiet.ts';

/** Presses whatever a page offers to somebody, and notes what the server would not let them do. */
export interface Presser {
  /** `POST /v1/posts 403`, with the control that asked for it. */
  readonly refused: readonly string[];
  /** `POST /v1/posts/:id/cancel`, of what was asked for besides reading. */
  readonly asked: ReadonlySet<string>;
  /** Every control of a screen, and those of the menus and dialogs that they open; then every key of its sheet. */
  press(screen: string): Promise<void>;
}

interface Offered {
  readonly key: string;
  readonly place: number;
  readonly isOverlay: boolean;
}

/** Many controls are the same for many things: one of a kind is pressed. */
const OFFERED = `(() => {
  const over = [...document.querySelectorAll('[role="menu"], [role="dialog"]')].filter((one) => one.checkVisibility()).at(-1);
  const scope = over ?? document.querySelector('main');
  const heading = over?.querySelector('h2')?.textContent ?? '';
  return [...scope.querySelectorAll('button, [role="menuitem"]')].map((one, place) => {
    const label = one.getAttribute('aria-label') ?? one.innerText;
    const words = label.length > 60 ? one.className : label.replace(/[\\d:]+|“.*”/g, '');
    const isThere = one.checkVisibility() && !one.disabled && one.getAttribute('aria-disabled') !== 'true';
    return { key: heading + ' ' + words, place, isOverlay: over !== undefined, isThere };
  }).filter(({ isThere }) => isThere);
})()`;
/** Closing, and what leads out of the dashboard, is nothing that the server hears of. */
const LEFT_OUT = /^ ?(Close|Sign out|Cancel)$|Close$/;
const MOST = 150;

export function presserOf(page: Page, address: string): Presser {
  const isQuiet = watchQuiet(page);
  const refused: string[] = [];
  const asked = new Set<string>();
  let doing = '';
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const name = `${response.request().method()} ${pathname.replace(/\/[a-z]+_[\w-]+/g, '/:id')}`;
    if (response.request().method() !== 'GET') asked.add(name);
    if (response.status() === 403) refused.push(`${doing}: ${name} 403`);
  });
  const rest = async (): Promise<void> => {
    await isQuiet();
    // What can be taken back is offered too, and leaves the newsroom as it was for the next control.
    const undo = page.locator('.mantine-Notification-root').getByRole('button', { name: 'Undo' }).last();
    if ((await undo.count()) === 0) return;
    await undo.click({ timeout: 2_000 }).catch(() => undefined);
    await isQuiet();
  };
  const open = async (screen: string): Promise<void> => {
    await page.goto(address + screen);
    await page.locator('main h1').waitFor();
    await rest();
  };
  const fill = async (): Promise<void> => {
    const fields = page.locator(
      '[role="dialog"] :is(input[type="text"], input:not([type]), input[type="url"], textarea)',
    );
    for (const field of await fields.all())
      if (await isEmpty(field)) await field.fill('tomorrow 9', { timeout: 1_000 }).catch(() => undefined);
  };

  /** @returns whether there was anything left to press. */
  const next = async (pressed: Set<string>, screen: string, mayLeave: boolean): Promise<boolean> => {
    const offered = (await page.evaluate<Offered[]>(OFFERED)).filter(({ key }) => !LEFT_OUT.test(key));
    const isOverlaid = offered.some((one) => one.isOverlay) || (await overlays(page).count()) > 0;
    if (isOverlaid) await fill();
    const waiting = offered.filter(({ key }) => !pressed.has(key));
    const one = isOverlaid ? waiting.at(-1) : waiting[0];
    if (one === undefined) {
      if (!isOverlaid) return false;
      await closeAll(page);
      return mayLeave;
    }
    pressed.add(one.key);
    doing = `${screen}: ${one.key}`;
    const scope = isOverlaid ? overlays(page).last() : page.locator('main');
    await scope
      .locator('button, [role="menuitem"]')
      .nth(one.place)
      .click({ timeout: 2_000 })
      .catch(() => undefined);
    await rest();
    return true;
  };

  return {
    refused,
    asked,
    async press(screen) {
      const pressed = new Set<string>();
      await open(screen);
      for (const link of await page.locator('main a[download]').all()) {
        const href = (await link.getAttribute('href')) ?? '';
        const answer = await page.request.get(new URL(href, address).href);
        if (answer.status() === 403) refused.push(`${screen}: ${href} 403`);
      }
      let opener: string | null = null;
      for (let count = 0; count < MOST; count += 1) {
        const before = new Set(pressed);
        if (!(await next(pressed, screen, true))) break;
        const [added] = [...pressed].filter((key) => !before.has(key));
        const left = (await page.evaluate<Offered[]>(OFFERED)).filter((one) => !pressed.has(one.key));
        const isMenu = (await page.locator('[role="menu"]').count()) > 0;
        // A menu closes when one of it is chosen: it is opened again for the next.
        if (isMenu && added !== undefined && left.some((one) => one.isOverlay)) opener = added;
        else if (!isMenu && opener !== null) {
          pressed.delete(opener);
          opener = null;
        }
        if (new URL(page.url()).pathname !== screen.split('?')[0]) await open(screen);
      }
      await open(screen);
      for (const line of await readSheet(page)) {
        if (!isOwnKey(line, screen)) continue;
        doing = `${screen}: key ${line.label}`;
        await page.keyboard.press('j');
        await pressAll(page, line.keys);
        await rest();
        for (let count = 0; (await overlays(page).count()) > 0 && count < 3; count += 1)
          await next(new Set(), screen, false);
        await closeAll(page);
        if (new URL(page.url()).pathname !== screen.split('?')[0]) await open(screen);
      }
    },
  };
}

/** Keys that are everywhere are pressed on the first screen; going somewhere asks for nothing. */
function isOwnKey({ group, keys }: Line, screen: string): boolean {
  if (group === 'Everywhere' || group === 'Lists')
    return screen === '/' && keys.length === 1 && /^([a-z]|Shift)/.test(keys[0] ?? '');
  return true;
}

function overlays(page: Page): Locator {
  return page.locator('[role="menu"]:visible, [role="dialog"]:visible');
}

async function closeAll(page: Page): Promise<void> {
  for (let count = 0; (await overlays(page).count()) > 0 && count < 4; count += 1) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(150);
  }
}

async function isEmpty(field: Locator): Promise<boolean> {
  return (await field.inputValue({ timeout: 500 }).catch(() => 'gone')) === '';
}
