import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keepRequests } from './late.ts';
import { until } from './seed.ts';
import { WAIT, at, postNow, postsOf, share, story } from './shared.ts';

const shared = share();

/** To a story, with the keyboard, without loading the page anew. */
async function goTo(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^A screen, an action/ }).fill(title);
  await page.getByRole('option', { name: `${title} Story` }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor(WAIT);
  await page.locator('[data-post]').first().waitFor(WAIT);
}

test('what was begun on one story is not there on the next, and is kept where it was begun', async () => {
  const net = await story(shared, 'Lowmere weaves a net');
  const loaf = await story(shared, 'Lowmere bakes a loaf');
  await using editor = await at(shared, `/stories/${loaf.id}`);
  const { page } = editor;
  await page.locator('[data-post]').nth(2).waitFor(WAIT);
  const master = page.getByRole('textbox', { name: 'Master text' });
  await goTo(page, 'Lowmere weaves a net');
  await page.keyboard.press('v');
  await until(async () => (await page.locator('[data-post]').count()) === 1);
  await page.getByRole('button', { name: 'Write one text for all…' }).click();
  await master.fill('This is about the net alone.');
  await goTo(page, 'Lowmere bakes a loaf');
  await page.locator('[data-post]').nth(2).waitFor(WAIT);
  await page.getByRole('button', { name: 'Write one text for all…' }).waitFor(WAIT);
  expect(await master.count()).toBe(0);

  await goTo(page, 'Lowmere weaves a net');
  await page.getByText('There is unsaved text on this device.').waitFor(WAIT);
  await page.getByRole('button', { name: 'Write one text for all…' }).click();
  expect(await master.inputValue()).toBe('This is about the net alone.');
  // Saved once, however often it is asked.
  const save = await keepRequests(page, 'PUT /master');
  for (const _ of ['once', 'twice']) await master.press('Control+s');
  save();
  await master.waitFor({ state: 'detached', ...WAIT });
  await until(async () =>
    (await postsOf(shared.newsroom, net.id)).every(({ parts }) => parts[0]?.text.startsWith('This is about the net')),
  );
  for (const { parts } of await postsOf(shared.newsroom, loaf.id)) expect(parts[0]?.text).toMatch(/^Lowmere bakes/);
  expect(await page.getByText('There is unsaved text on this device.').count()).toBe(0);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a text is sent once however often it is asked, with what was typed meanwhile, and what is discarded comes back', async () => {
  const { id, posts } = await story(shared, 'Lowmere counts its herons');
  const own = posts.find(({ network }) => network === 'sandbox');
  const textOf = async (): Promise<string | undefined> =>
    (await postNow(shared.newsroom, own?.id ?? '')).parts[0]?.text;
  await using editor = await at(shared, `/stories/${id}`);
  const { page } = editor;
  const column = page.locator(`[data-post="${own?.id}"]`);
  const field = column.getByRole('textbox');
  const edit = column.getByRole('button', { name: 'Edit', exact: true });
  await edit.click();
  await field.fill('Herons: 41.');
  await page.context().setOffline(true);
  await field.press('Control+s');
  await column.getByText('Offline: kept on this device').waitFor(WAIT);
  await page.context().setOffline(false);
  await column.getByText('Not saved yet; kept on this device').waitFor(WAIT);

  const sent: unknown[] = [];
  page.on('request', (request) => void (request.method() === 'PATCH' && sent.push(request.postDataJSON())));
  const patch = await keepRequests(page, 'PATCH /v1/posts/');
  for (const _ of ['once', 'twice']) await field.press('Control+s');
  await until(async () => sent.length > 0);
  patch();
  await field.waitFor({ state: 'detached', ...WAIT });
  expect(await textOf()).toBe('Herons: 41.');
  expect(sent).toHaveLength(1);

  await page.unrouteAll();
  await edit.click();
  await field.fill('Herons: 42.');
  const first = await keepRequests(page, 'PATCH /v1/posts/');
  await field.press('Control+s');
  await field.fill('Herons: 43.');
  await field.press('Control+s');
  first();
  await field.waitFor({ state: 'detached', ...WAIT });
  await until(async () => (await textOf()) === 'Herons: 43.');
  expect(sent).toHaveLength(3);

  await edit.click();
  await field.fill('Herons: none.');
  await column.getByRole('button', { name: 'Discard' }).click();
  await field.waitFor({ state: 'detached', ...WAIT });
  await page.getByText('What was typed is discarded.').first().waitFor(WAIT);
  await page.keyboard.press('Control+z');
  await field.waitFor(WAIT);
  expect(await field.inputValue()).toBe('Herons: none.');
  expect(await textOf()).toBe('Herons: 43.');
}, 90_000);

test('the sentence that was looked at on one story is not the one that is lit on the next', async () => {
  const [first, second] = [
    await story(shared, 'Lowmere fills its well'),
    await story(shared, 'Lowmere wells its fill'),
  ];
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  const sentences = page.locator('ol button[aria-pressed]');
  const open = async (title: string, { posts: [post] }: typeof first): Promise<void> => {
    await page.getByRole('list', { name: 'Stories that wait for review' }).getByText(title).click();
    await page.locator(`[data-post="${post?.id}"]`).waitFor(WAIT);
  };
  await open('Lowmere wells its fill', second);
  await page.keyboard.press('w');
  await sentences.filter({ hasText: 'Lowmere wells its fill' }).waitFor(WAIT);
  await open('Lowmere fills its well', first);
  await sentences.filter({ hasText: 'Lowmere fills its well' }).waitFor(WAIT);
  await sentences.nth(1).click();
  await sentences.nth(1).and(page.locator('[aria-pressed="true"]')).waitFor(WAIT);
  // Its article was read before, so that it is there at once.
  await open('Lowmere wells its fill', second);
  await sentences.filter({ hasText: 'Lowmere wells its fill' }).waitFor(WAIT);
  await sentences.first().and(page.locator('[aria-pressed="true"]')).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('a comment and a story are made once, however often their keys are pressed', async () => {
  const { id } = await story(shared, 'Lowmere says it twice');
  const { storyId } = await shared.newsroom.api<{ storyId: string }>('GET', `/v1/articles/${id}`);
  await using editor = await at(shared, `/stories/${id}`);
  const { page } = editor;
  const comment = page.getByRole('textbox', { name: 'Comment' });
  await comment.fill('Once only.');
  const words = await keepRequests(page, 'POST /comments');
  for (const _ of ['once', 'twice']) await comment.press('Control+Enter');
  words();
  await page.getByRole('listitem').filter({ hasText: 'Once only.' }).first().waitFor(WAIT);
  await until(async () => (await comment.inputValue()) === '');
  const { data } = await shared.newsroom.api<{ data: unknown[] }>('GET', `/v1/stories/${storyId}/comments`);
  expect(data).toHaveLength(1);

  await page.goto(`${shared.newsroom.address}/intake`);
  const paste = page.getByLabel('Paste a link or the text of an article');
  await paste.fill('Lowmere pastes a page\n\nThe council said on Friday that the work costs 41,000 crowns.');
  const article = await keepRequests(page, 'POST /v1/articles');
  for (const _ of ['once', 'twice']) await paste.press('Control+Enter');
  article();
  await page.waitForURL('**/stories/*');
  const made = await shared.newsroom.api<{ data: { title: string | null }[] }>('GET', '/v1/articles?limit=20');
  expect(made.data.filter(({ title }) => title === 'Lowmere pastes a page')).toHaveLength(1);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the first press of “Add a name” gives a row that is kept half written; dropping the changes takes it away, and Undo brings it back', async () => {
  await using editor = await at(shared, '/setup?tab=rules');
  const { page } = editor;
  const fields = page.getByRole('group', { name: 'How the house writes names' }).getByRole('textbox');
  await page.getByRole('button', { name: 'Add a name' }).click();
  await until(async () => (await fields.count()) === 2);
  await fields.first().fill('Lowmere Town Hall');
  await page.reload();
  await until(async () => (await fields.count()) === 2);
  expect(await fields.first().inputValue()).toBe('Lowmere Town Hall');
  await fields.last().fill('#TownHall');
  expect(await fields.first().inputValue()).toBe('Lowmere Town Hall');
  await page.getByRole('button', { name: 'Drop the changes' }).click();
  await until(async () => (await fields.count()) === 0);
  await page.keyboard.press('Control+z');
  await until(async () => (await fields.count()) === 2);
  expect(await fields.last().inputValue()).toBe('#TownHall');
  await page.getByRole('button', { name: 'Drop the changes' }).click();
  await until(async () => (await fields.count()) === 0);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('what was pasted in Intake and changed in the house rules is still there after a look at something else', async () => {
  await using editor = await at(shared, '/intake');
  const { page } = editor;
  const paste = page.getByLabel('Paste a link or the text of an article');
  const section = page.getByRole('textbox', { name: 'Section', exact: true });
  await paste.fill('Lowmere keeps a page\n\nThe council said on Friday that it is kept.');
  await section.fill('Local');
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  await page.getByRole('link', { name: 'Setup' }).click();
  await tab('Rules').click();
  const four = page.getByRole('checkbox', { name: 'Four eyes' });
  await four.check();
  await tab('Team').click();
  await page.getByRole('button', { name: 'Invite somebody' }).waitFor(WAIT);
  await tab('Rules').click();
  expect(await four.isChecked()).toBe(true);
  await page.getByRole('button', { name: 'Drop the changes' }).click();
  expect(await four.isChecked()).toBe(false);
  await page.reload();
  await four.waitFor(WAIT);
  expect(await four.isChecked()).toBe(false);

  await page.getByRole('link', { name: 'Intake' }).click();
  await paste.waitFor(WAIT);
  expect(await paste.inputValue()).toMatch(/^Lowmere keeps a page/);
  expect(await section.inputValue()).toBe('Local');
  await paste.press('Control+Enter');
  await page.waitForURL('**/stories/*');
  await page.getByRole('link', { name: 'Intake' }).click();
  await paste.waitFor(WAIT);
  expect(await paste.inputValue()).toBe('');
  expect(editor.complaints).toEqual([]);
}, 90_000);
