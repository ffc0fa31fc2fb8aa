import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { close } from './keys/walk.ts';
import { keepRequests } from './late.ts';
import { watchQuiet } from './quiet.ts';
import { until } from './seed.ts';
import type { Post } from './shared.ts';
import { WAIT, at, postNow, postsOf, share, story } from './shared.ts';

const shared = share();

const inbox = (page: Page) => page.getByRole('list', { name: 'Stories that wait for review' });
const drawn = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll('[data-post]')].map((column) => column.dataset.post)`);
const stateOf = async ({ id }: Post): Promise<string> => (await postNow(shared.newsroom, id)).state;
const statesOf = async (id: string): Promise<string[]> =>
  (await postsOf(shared.newsroom, id)).map(({ state }) => state).toSorted();

async function accountOf(network: string): Promise<string> {
  const { data } = await shared.newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  return data.find((account) => account.network === network)?.id ?? '';
}

async function write(network: string, text: string, schedule: 'now' | 'review'): Promise<Post> {
  const request = { accountIds: [await accountOf(network)], text, schedule };
  return (await shared.newsroom.api<{ data: [Post] }>('POST', '/v1/posts', request)).data[0];
}

/** As a keyboard repeats it. */
async function hold(page: Page, key: string, presses: number): Promise<void> {
  for (let n = 0; n < presses; n++) {
    await page.keyboard.down(key);
    await page.waitForTimeout(33);
  }
  await page.keyboard.up(key);
}

test('a key that is held decides once, and goes on where it only moves', async () => {
  const stories = [];
  for (const what of ['roof', 'door', 'wall']) stories.push(await story(shared, `Lowmere mends its ${what}`));
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  await inbox(page).getByText('Lowmere mends its roof').click();
  await page.locator(`[data-post="${stories[0]?.posts[0]?.id}"]`).waitFor(WAIT);
  await hold(page, 'a', 40);
  await page.locator(`[data-post="${stories[1]?.posts[0]?.id}"]`).waitFor(WAIT);
  expect(await statesOf(stories[0]?.id ?? '')).not.toContain('in_review');
  for (const { id } of stories.slice(1)) expect(await statesOf(id)).toEqual(['in_review', 'in_review', 'in_review']);
  await hold(page, 'j', 5);
  await page.locator(`[data-post="${stories[2]?.posts[0]?.id}"]`).waitFor(WAIT);
  for (const { posts } of stories.slice(1))
    for (const { id } of posts) await shared.newsroom.api('POST', `/v1/posts/${id}/cancel`, {});
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a key that is pressed twice before the answer came has asked once, and nothing is said to have failed', async () => {
  const { id, posts } = await story(shared, 'Lowmere paints its quay');
  await shared.social.setMode({ name: '422' });
  const refused = await write('mastodon', 'The quay is red.', 'now');
  const out = await write('sandbox', 'The quay was grey.', 'now');
  await until(async () => (await stateOf(refused)) === 'failed' && (await stateOf(out)) === 'published');
  await shared.social.setMode({ name: 'ok' });
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  const isQuiet = watchQuiet(page);
  const twice = async (key: string, meant: `POST ${string}`): Promise<number> => {
    let asked = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith(meant.replace('POST ', ''))) asked++;
    });
    const go = await keepRequests(page, meant);
    for (const _ of ['once', 'twice']) await page.keyboard.press(key);
    await until(() => Promise.resolve(asked > 0));
    go();
    // What the second press asked for would be sent after the first answer.
    await isQuiet();
    return asked;
  };
  await inbox(page).getByText('Lowmere paints its quay').click();
  await page.locator(`[data-post="${posts[0]?.id}"]`).waitFor(WAIT);
  expect(await twice('a', 'POST /approve')).toBe(posts.length);
  await until(async () => !(await statesOf(id)).includes('in_review'));

  await page.goto(`${shared.newsroom.address}/failures`);
  await page.locator(`[data-failure="${refused.id}"]`).focus();
  expect(await twice('r', 'POST /retry')).toBe(1);
  await until(async () => (await stateOf(refused)) === 'published');

  await page.goto(`${shared.newsroom.address}/outbox`);
  await page.getByText('The quay was grey.').first().click();
  expect(await twice('y', 'POST /v1/posts')).toBe(1);
  await page.getByText('Duplicated: it is a draft now.').last().waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
  for (const post of await postsOf(shared.newsroom, id))
    if (post.state === 'scheduled') await shared.newsroom.api('POST', `/v1/posts/${post.id}/cancel`, {});
}, 90_000);

test('on the Desk a key decides about what is drawn, and the next story is drawn whole', async () => {
  const { id } = await story(shared, 'Lowmere sorts its books');
  const alone = await write('sandbox', 'A text that nobody has seen.', 'review');
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  await inbox(page).getByText('Lowmere sorts its books').click();
  await until(async () => (await drawn(page)).length === 3);
  for (const _ of ['first', 'second', 'third']) await page.keyboard.press('v');
  for (const left of [2, 1, 0]) {
    await until(async () => (await drawn(page)).length === 1);
    const [shown = ''] = await drawn(page);
    expect(shown).not.toBe(alone.id);
    await page.getByRole('button', { name: 'Approve the post' }).waitFor(WAIT);
    await page.keyboard.press('a');
    await page.locator(`[data-post="${shown}"]`).waitFor({ state: 'detached', ...WAIT });
    expect((await statesOf(id)).filter((state) => state === 'in_review')).toHaveLength(left);
  }
  await until(async () => (await drawn(page)).join() === alone.id);
  expect(await stateOf(alone)).toBe('in_review');
  await shared.newsroom.api('POST', `/v1/posts/${alone.id}/cancel`, {});
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('where a colleague settles the chosen failure, the next key shows which is chosen now, and does nothing else', async () => {
  // What the tests before have approved goes out in the middle of this one.
  const { data } = await shared.newsroom.api<{ data: Post[] }>('GET', '/v1/posts?state=scheduled');
  for (const { id } of data) await shared.newsroom.api('POST', `/v1/posts/${id}/cancel`, {});
  await shared.social.setMode({ name: '422' });
  const made = [];
  for (const count of ['One', 'Two', 'Three'])
    made.push(await write('mastodon', `${count} of the bells is out.`, 'now'));
  for (const post of made) await until(async () => (await stateOf(post)) === 'failed');
  await shared.social.setMode({ name: 'ok' });
  await using editor = await at(shared, '/failures');
  const { page } = editor;
  const row = (id: string | undefined) => page.locator(`[data-failure="${id}"]`);
  await page.locator('[data-failure]').nth(2).waitFor(WAIT);
  const ids = await page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-failure]')].map((one) => one.dataset.failure)`,
  );
  await page.keyboard.press('j');
  await row(ids[1]).and(page.locator(':focus')).waitFor(WAIT);
  await shared.newsroom.api('POST', `/v1/posts/${ids[1]}/cancel`, { reason: 'It is too late.' });
  await row(ids[1]).waitFor({ state: 'detached', ...WAIT });
  await row(ids[2]).and(page.locator('[aria-current="true"]')).waitFor(WAIT);
  await page.keyboard.press('r');
  await row(ids[2]).and(page.locator(':focus')).waitFor(WAIT);
  await page.getByText('Somebody else settled that post.').first().waitFor(WAIT);
  expect((await postNow(shared.newsroom, ids[2] ?? '')).state).toBe('failed');
  await page.keyboard.press('r');
  await until(async () => (await postNow(shared.newsroom, ids[2] ?? '')).state === 'published');
  expect((await postNow(shared.newsroom, ids[0] ?? '')).state).toBe('failed');

  // What one has done oneself leads on: the one that takes its place is chosen.
  await row(ids[0]).and(page.locator('[aria-current="true"]')).waitFor(WAIT);
  await page.keyboard.press('x');
  await page.getByText('1 post selected').waitFor(WAIT);
  await page.getByText('Resolved, 30 days').click();
  await row(ids[0]).waitFor({ state: 'detached', ...WAIT });
  await page.locator('main h1').click();
  const asked: string[] = [];
  page.on('request', (request) => void (request.method() === 'GET' || asked.push(request.url())));
  for (const key of ['r', 'Shift+R', 'd', 'e', 'x', 'c', 'm']) await page.keyboard.press(key);
  expect(await page.getByText('1 post selected').count()).toBe(0);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor(WAIT);
  expect(await page.getByRole('dialog').count()).toBe(1);
  expect(await page.getByRole('dialog').getByText('Retry the whole group').count()).toBe(0);
  await close(page);
  expect(asked).toEqual([]);
  expect((await postNow(shared.newsroom, ids[0] ?? '')).state).toBe('failed');
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('on a Story the post that has the focus is split, whichever is open', async () => {
  const { id } = await story(shared, 'Lowmere splits its logs');
  await using editor = await at(shared, `/stories/${id}`);
  const { page } = editor;
  await until(async () => (await drawn(page)).length === 3);
  const [meant, open] = await drawn(page);
  const column = (post: string | undefined) => page.locator(`[data-post="${post}"]`);
  await column(open).getByRole('button', { name: 'Edit', exact: true }).click();
  await column(open).getByRole('textbox').waitFor(WAIT);
  await column(meant).getByRole('button', { name: 'Edit', exact: true }).focus();
  await page.keyboard.press('t');
  await column(meant).getByRole('textbox', { name: 'Message 2 of 2' }).waitFor(WAIT);
  expect(await page.evaluate(`Object.keys(localStorage).filter((name) => name.includes('${open}'))`)).toEqual([]);
  // With the focus nowhere, the one that is open.
  await column(meant).getByRole('button', { name: 'Discard' }).click();
  await column(open).getByRole('button', { name: 'Edit', exact: true }).click();
  await column(open).getByRole('textbox').waitFor(WAIT);
  await page.locator('main h1').click();
  await page.keyboard.press('e');
  await column(open).getByRole('textbox').waitFor(WAIT);
  expect(await column(meant).getByRole('textbox').count()).toBe(0);
  expect(editor.complaints).toEqual([]);
}, 90_000);
