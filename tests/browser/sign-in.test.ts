import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;

beforeAll(async () => {
  [newsroom, browser] = await Promise.all([startNewsroom(), launchBrowser()]);
}, 120_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
});

const PASSWORD = 'tidal-lantern-quince-boat';

interface Visitor extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser did not like, its content security policy among it. */
  readonly complaints: string[];
}

async function visit(): Promise<Visitor> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The browser notes when a sign-in is answered with 401, or a password with 400.
    if (message.type() === 'error' && !/status of 40[01]/.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { context, page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** A device that makes passkeys and whose person is always there. */
async function plugIn({ context, page }: Visitor): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('a browser that nobody signed in with is sent to the printed link, and told that pressing on is not enough', async () => {
  await using visitor = await visit();
  const { page } = visitor;
  await page.goto(newsroom.address);
  const dialog = page.getByRole('dialog', { name: 'Sign in to begin' });
  await dialog.getByText('the server printed below “Ready:”').waitFor();
  await dialog.getByText(/^standfirst users /).waitFor();
  expect(await page.getByText('Your session has ended').count()).toBe(0);
  await dialog.getByRole('button', { name: 'I have signed in: go on' }).click();
  await dialog.getByRole('alert').getByText('This browser is still signed out here').waitFor();
  expect(visitor.complaints).toEqual([]);
}, 60_000);

async function invite(name: string): Promise<string> {
  const { link } = await newsroom.api<{ link: { path: string } }>('POST', '/v1/users', { name, role: 'editor' });
  return newsroom.address + link.path;
}

const isIn = (page: Page): Promise<void> => page.locator('[data-live="live"]').waitFor();

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

test('the first link leads to a password, with which the operator comes back', async () => {
  await using visitor = await visit();
  const { page, context } = visitor;
  await page.goto(newsroom.signInLink);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Keep your way in' }).waitFor();
  await expectAccessible(page);
  await page.getByLabel('New password').fill('Password1234!');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('The password is one of those that are tried first').waitFor();
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await isIn(page);

  await context.clearCookies();
  await page.goto(`${newsroom.address}/sign-in`);
  await expectAccessible(page);
  await page.getByLabel('Name or e-mail address').fill('Admin');
  await page.getByLabel('Password').fill('not-the-right-one');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('The name and the password do not match.').waitFor();
  expect(await page.getByLabel('Name or e-mail address').inputValue()).toBe('Admin');
  await expectAccessible(page);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await isIn(page);
  expect(visitor.complaints).toEqual([]);
}, 90_000);

test('who is invited makes a passkey, and comes back with it', async () => {
  await using visitor = await visit();
  const { page, context } = visitor;
  await plugIn(visitor);
  await page.goto(await invite('Ilse Brandvold'));
  await page.getByText('Welcome, Ilse Brandvold. Choose how you will sign in.').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make a passkey instead' }).click();
  await isIn(page);

  await context.clearCookies();
  await page.goto(`${newsroom.address}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await isIn(page);
  expect(visitor.complaints).toEqual([]);
}, 90_000);

test('who is invited may choose a password, also without any script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(await invite('Lars Quist'));
  expect(await page.getByRole('button', { name: 'Make a passkey instead' }).isVisible()).toBe(false);
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  expect(new URL(page.url()).pathname).toBe('/');
  await context.close();
}, 60_000);

test('a passkey that is not known here is refused in words that help', async () => {
  await using visitor = await visit();
  const { page } = visitor;
  await plugIn(visitor);
  await page.goto(await invite('Vera Lund'));
  await page.getByRole('button', { name: 'Make a passkey instead' }).click();
  await isIn(page);
  const { data } = await newsroom.api<{ data: { id: string; name: string }[] }>('GET', '/v1/users');
  await newsroom.api('DELETE', `/v1/users/${data.find((member) => member.name === 'Vera Lund')?.id}`);
  await page.goto(`${newsroom.address}/sign-in`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('This passkey is not known here. Use another one, or your password.').waitFor();
  expect(visitor.complaints).toEqual([]);
}, 60_000);
