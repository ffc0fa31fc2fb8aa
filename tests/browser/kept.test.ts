import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { until, writePosts } from './seed.ts';
import { at, postsOf, share, story, WAIT } from './shared.ts';

/** What is typed and not sent yet. */

const shared = share();
const PASSWORD = 'tidal-lantern-quince-boat';

test('what is typed outlives Escape, a click beside its window, another tab and a reload, until it is discarded', async () => {
  const { id } = await story(shared, 'Lowmere paints its bridge');
  await using editor = await at(shared, `/stories/${id}`);
  const { page } = editor;
  const dialog = page.getByRole('dialog');
  const beside = (): Promise<void> => page.mouse.click(8, 500);
  const comment = page.getByRole('textbox', { name: 'Comment' });
  await comment.fill('Who says so?');
  await page.reload();
  await comment.waitFor(WAIT);
  expect(await comment.inputValue()).toBe('Who says so?');
  await page.getByRole('button', { name: 'Say it' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Who says so?' }).waitFor(WAIT);
  await page.reload();
  await comment.waitFor(WAIT);
  expect(await comment.inputValue()).toBe('');

  await page.goto(`${shared.newsroom.address}/desk`);
  await page.locator('[data-story]').first().waitFor(WAIT);
  await page.keyboard.press('d');
  await dialog.getByRole('textbox').fill('The bridge is a ferry.');
  for (const leave of [() => page.keyboard.press('Escape'), beside]) {
    await leave();
    await dialog.waitFor({ state: 'hidden', ...WAIT });
    await page.keyboard.press('d');
    await dialog.waitFor(WAIT);
    expect(await dialog.getByRole('textbox').inputValue()).toBe('The bridge is a ferry.');
  }
  await dialog.getByRole('button', { name: 'Discard' }).click();
  expect(await dialog.getByRole('textbox').inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden', ...WAIT });

  await page.goto(`${shared.newsroom.address}/calendar`);
  await page.locator('[data-cell][tabindex="0"]').focus();
  await page.keyboard.press('n');
  await dialog.getByRole('textbox', { name: 'Text' }).fill('The bridge is blue.');
  await beside();
  await dialog.waitFor({ state: 'hidden', ...WAIT });
  await page.locator('[data-cell][tabindex="0"]').focus();
  await page.keyboard.press('n');
  await dialog.waitFor(WAIT);
  expect(await dialog.getByRole('textbox', { name: 'Text' }).inputValue()).toBe('The bridge is blue.');

  await page.goto(`${shared.newsroom.address}/intake`);
  const addFeed = page.getByRole('button', { name: 'Add a feed' }).first();
  await addFeed.click();
  await dialog.getByLabel('Name').fill('The Lowmere Gazette');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden', ...WAIT });
  await addFeed.click();
  await dialog.waitFor(WAIT);
  expect(await dialog.getByLabel('Name').inputValue()).toBe('The Lowmere Gazette');
  await page.keyboard.press('Escape');

  await page.goto(`${shared.newsroom.address}/setup`);
  await page.getByRole('button', { name: 'Settings of Front page' }).click();
  const gap = page.getByRole('textbox', { name: /^Least gap/ });
  await gap.fill('7');
  await page.getByRole('tab', { name: 'Rules' }).click();
  await gap.waitFor({ state: 'hidden', ...WAIT }).catch(() => undefined);
  await page.getByRole('tab', { name: 'Accounts' }).click();
  const form = page.getByRole('form', { name: 'Settings of Front page' });
  await form.getByText('Only on this device so far.').waitFor(WAIT);
  expect(await form.getByRole('textbox', { name: /^Least gap/ }).inputValue()).toBe('7');
  await form.getByRole('button', { name: 'Discard' }).click();
  expect(await form.getByRole('textbox', { name: /^Least gap/ }).inputValue()).toBe('0');
  expect(editor.complaints).toEqual([]);
}, 180_000);

test('in Setup too: a key, a webhook, how long things are kept; but no address that may have a key in it', async () => {
  await using editor = await at(shared, '/setup?tab=developer');
  const { page } = editor;
  const key = page.getByRole('textbox', { name: 'Name', exact: true });
  const hook = page.getByRole('form', { name: 'Add a webhook' });
  const address = hook.getByRole('textbox', { name: 'Address' });
  await page.getByRole('button', { name: 'New key' }).click();
  await key.fill('The newsletter');
  await page.getByRole('checkbox', { name: 'posts:read' }).click();
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  await address.fill('https://letters.example/hook');
  await page.reload();
  await address.waitFor(WAIT);
  expect(await key.inputValue()).toBe('The newsletter');
  expect(await page.getByRole('checkbox', { name: 'posts:read' }).isChecked()).toBe(true);
  expect(await address.inputValue()).toBe('https://letters.example/hook');
  await address.fill('https://letters.example/hook?key=tidal-lantern');
  await hook.getByText('It may have a key in it').waitFor(WAIT);
  expect(await page.evaluate<string>('JSON.stringify(localStorage)')).not.toContain('tidal-lantern');
  // Refused, it stands where it stood.
  await address.fill('http://letters.example:99999/hook');
  await hook.getByRole('button', { name: 'Save' }).click();
  expect(await address.inputValue()).toBe('http://letters.example:99999/hook');
  for (let left = 2; left > 0; left -= 1) await page.getByRole('button', { name: 'Discard' }).first().click();
  expect([await key.inputValue(), await address.inputValue()]).toEqual(['', '']);

  await page.goto(`${shared.newsroom.address}/setup?tab=data`);
  const days = page.getByLabel('Events: days');
  const before = await days.inputValue();
  await days.fill('217');
  await page.getByRole('tab', { name: 'You' }).click();
  await page.getByRole('tab', { name: 'Data' }).click();
  await page.getByText('Only on this device so far.').waitFor(WAIT);
  expect(await days.inputValue()).toBe('217');
  await page.getByRole('button', { name: 'Discard' }).click();
  expect(await days.inputValue()).toBe(before);
  expect(await drafts(page)).toEqual([]);
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('the next member at the same device sees nothing of it, and who signs out is told that it stays', async () => {
  const { id } = await story(shared, 'Lowmere counts its swans');
  const context = await shared.browser.newContext();
  const page = await context.newPage();
  const comment = page.getByRole('textbox', { name: 'Comment' });
  const join = async (name: string): Promise<void> => {
    const { link } = await shared.newsroom.api<{ link: { path: string } }>('POST', '/v1/users', {
      name,
      role: 'editor',
    });
    await page.goto(shared.newsroom.address + link.path);
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.locator('[data-live="live"]').waitFor(WAIT);
    await page.goto(`${shared.newsroom.address}/stories/${id}`);
    await comment.waitFor(WAIT);
  };
  const leave = async (): Promise<void> => {
    await page.goto(`${shared.newsroom.address}/setup?tab=you`);
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  };
  await join('Ilse Brandvold');
  await comment.fill('Between us: the swans are geese.');
  await leave();
  const question = page.getByRole('dialog', { name: 'One text on this device is not sent' });
  await question.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/sign-in/);

  await join('Lars Quist');
  expect(await comment.inputValue()).toBe('');
  await leave();
  await page.waitForURL(/sign-in/);

  await page.getByLabel('Name or e-mail address').fill('Ilse Brandvold');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.locator('[data-live="live"]').waitFor(WAIT);
  await page.goto(`${shared.newsroom.address}/stories/${id}`);
  await comment.waitFor(WAIT);
  expect(await comment.inputValue()).toBe('Between us: the swans are geese.');
  await leave();
  await question.getByText('Discard them', { exact: true }).click();
  await question.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/sign-in/);
  expect(await drafts(page)).toEqual([]);
  await context.close();
}, 120_000);

test('a correction keeps its words, names what it takes down first, and stays until the right post is out', async () => {
  const { newsroom } = shared;
  const given = {
    title: 'Lowmere lights its pier',
    url: 'https://news.example/pier',
    text: 'The pier of Lowmere is lit again by 400 lamps, the council said on Friday.\nThe lamps cost 12,000 crowns. They burn until two in the morning.\nThe old ones went out in the storm of January.',
  };
  const article = await writePosts(newsroom, given);
  interface Sent {
    readonly id: string;
    readonly network: string;
    readonly state: string;
    readonly removedAt: string | null;
  }
  const { data } = await newsroom.api<{ data: Sent[] }>('GET', `/v1/posts?article=${article}`);
  const post = data.find(({ network }) => network === 'sandbox') as Sent;
  const now = (): Promise<Sent> => newsroom.api<Sent>('GET', `/v1/posts/${post.id}`);
  await newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: 'now' });
  await until(async () => (await now()).state === 'published');
  await writePosts(newsroom, { ...given, text: given.text.replaceAll('400', '600') });

  await using editor = await at(shared, '/outbox');
  const { page } = editor;
  const card = page.locator('[data-correction]');
  await card.getByRole('button', { name: 'Other words' }).click();
  await card.getByRole('textbox', { name: 'What it says on Sandbox' }).fill('The pier has 601 lamps.');
  await page.getByRole('link', { name: 'Desk', exact: true }).click();
  await page.getByRole('heading', { name: 'Desk', level: 1 }).waitFor(WAIT);
  await page.goBack();
  await card.waitFor(WAIT);
  expect(await card.getByRole('textbox', { name: 'What it says on Sandbox' }).inputValue()).toBe(
    'The pier has 601 lamps.',
  );

  const remedy = card.getByRole('combobox', { name: 'What to do on Sandbox' });
  const choose = async (way: string): Promise<void> => {
    await remedy.click();
    await page.getByRole('option', { name: way }).click();
  };
  await choose('Remove it and post the right one');
  await card.getByRole('button', { name: 'Correct 1 post' }).click();
  const question = page.getByRole('dialog', { name: 'Take down 1 post?' });
  await question.getByText('Sandbox · Sandbox').waitFor(WAIT);
  await question.getByText('The pier has 601 lamps.').waitFor(WAIT);
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect((await now()).removedAt).toBeNull();

  // What answers it waits, as where its account is signed out.
  const hold = await newsroom.api<{ id: string }>('POST', '/v1/holds', { scope: 'all', reason: 'The lamps' });
  await choose('Answer it with the right one');
  await card.getByRole('button', { name: 'Correct 1 post' }).click();
  await card.getByText('Still to go out').waitFor(WAIT);
  await card.getByText('Not corrected yet').waitFor(WAIT);
  await card.getByText('Scheduled').waitFor(WAIT);
  await newsroom.api('POST', `/v1/holds/${hold.id}/lift`, { resume: 'as-planned' });
  await card.waitFor({ state: 'hidden', ...WAIT });
  expect(editor.complaints).toEqual([]);
}, 120_000);

function drafts(page: Page): Promise<string[]> {
  return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('standfirst.draft.'))");
}

test('what was rejected is rejected although the session ends before that is sent, once its member is back', async () => {
  const { id } = await story(shared, 'Lowmere rejects its gate');
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  const states = async () => new Set((await postsOf(shared.newsroom, id)).map(({ state }) => state));
  await page.getByRole('list', { name: 'Stories that wait for review' }).getByText('Lowmere rejects its gate').click();
  await page.locator('[data-post]').first().waitFor(WAIT);
  await page.keyboard.press('d');
  await page.getByLabel('Why? The writer reads this.').fill('No.');
  await page.keyboard.press('Control+Enter');
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  const goOn = page.getByRole('button', { name: 'I have signed in: go on' });
  await goOn.waitFor({ timeout: 20_000 });
  expect(await states()).toEqual(new Set(['in_review']));
  await page.context().addCookies(cookies);
  await goOn.click();
  await until(async () => [...(await states())].join() === 'cancelled');
}, 90_000);
