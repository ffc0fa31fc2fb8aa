import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keepAnswers, keepRequests, placesWhileLate } from './late.ts';
import { until } from './seed.ts';
import type { Post } from './shared.ts';
import { WAIT, at, postNow, share, story } from './shared.ts';

const shared = share();
const MINUTE_MS = 60_000;

/** A day that a week shows whole, with the days around it. */
const day = new Date(Date.now() + 14 * 24 * 60 * MINUTE_MS).toISOString().slice(0, 10);

const chip = (page: Page, { id }: Post): Locator => page.locator(`[data-chip="${id}"]`);
const own = (posts: readonly Post[]): Post => posts.find(({ network }) => network === 'sandbox') as Post;

/** On our own network, at a time of that day; without one, approved. */
async function write(text: string, clock: string | null): Promise<Post> {
  const { data } = await shared.newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
  const accountIds = data.flatMap(({ id, network }) => (network === 'sandbox' ? id : []));
  const schedule = clock === null ? 'review' : { wallTime: `${day}T${clock}`, timeZone: 'Europe/Bucharest' };
  const made = await shared.newsroom.api<{ data: [Post] }>('POST', '/v1/posts', { accountIds, text, schedule });
  const [post] = made.data;
  if (clock === null) await shared.newsroom.api('POST', `/v1/posts/${post.id}/approve`, {});
  return post;
}

const dueOf = async ({ id }: Post): Promise<number> => Date.parse((await postNow(shared.newsroom, id)).dueAt ?? '');
const isLater = async (post: Post, minutes: number): Promise<boolean> =>
  (await dueOf(post)) === Date.parse(post.dueAt ?? '') + minutes * MINUTE_MS;

test('what was just done is taken back before its answer is there; where it was refused, nothing else is', async () => {
  const [first, second] = [await write('Oils its locks.', '10:00'), await write('Locks its oils.', '11:00')];
  await using editor = await at(shared, `/calendar?view=week&date=${day}`);
  const { page } = editor;
  await chip(page, first).focus();
  await page.keyboard.press(']');
  await page.getByText('Moved.', { exact: true }).last().waitFor(WAIT);
  const answer = await keepAnswers(page, 'POST /schedule');
  await chip(page, second).focus();
  await page.keyboard.press(']');
  await until(() => isLater(second, 5));
  await page.keyboard.press('Control+z');
  answer();
  await until(() => isLater(second, 0));
  expect(await isLater(first, 5)).toBe(true);

  await page.unrouteAll();
  await chip(page, first).focus();
  await page.keyboard.press(']');
  await until(() => isLater(first, 10));
  const refusal = Promise.withResolvers<void>();
  await page.route('**/schedule', async (route) => {
    await refusal.promise;
    await route.fulfill({ status: 503, json: { title: 'Not now', status: 503, detail: 'Try later.' } });
  });
  await chip(page, second).focus();
  await page.keyboard.press(']');
  await chip(page, second).filter({ hasText: '11:05' }).waitFor(WAIT);
  await page.keyboard.press('Control+z');
  refusal.resolve();
  await page.getByText('There is nothing to take back.').last().waitFor(WAIT);
  await chip(page, second).filter({ hasText: '11:00' }).waitFor(WAIT);
  expect(await isLater(first, 10)).toBe(true);
}, 90_000);

test('what is read while a move is under way puts nothing back where it was', async () => {
  const [moved, theirs] = [await write('Winds its clock.', '10:00'), await write('Clocks its wind.', '11:00')];
  const ready = await write('Has no time.', null);
  await using editor = await at(shared, `/calendar?view=week&date=${day}`);
  const { page } = editor;
  const others = async (hour: string): Promise<void> => {
    const schedule = { wallTime: `${day}T${hour}:00`, timeZone: 'Europe/Bucharest' };
    await shared.newsroom.api('POST', `/v1/posts/${theirs.id}/schedule`, schedule);
    await page.locator(`[data-cell="${day}-${hour}"]`).locator(chip(page, theirs)).waitFor(WAIT);
  };
  await chip(page, moved).waitFor(WAIT);
  const go = await keepRequests(page, 'POST /schedule');
  await chip(page, moved).focus();
  await page.keyboard.press(']');
  await chip(page, moved).filter({ hasText: '10:05' }).waitFor(WAIT);
  await page.locator(`[data-cell="${day}-14"]`).focus();
  await page.keyboard.press('p');
  const placed = page.locator(`[data-cell="${day}-14"]`).locator(chip(page, ready));
  await placed.waitFor(WAIT);
  // The week is read again, and what it says is of before.
  await others('16');
  expect(await chip(page, moved).textContent()).toContain('10:05');
  expect(await placed.count()).toBe(1);
  expect(await page.locator(`[data-ready="${ready.id}"]`).count()).toBe(0);
  go();
  await until(() => isLater(moved, 5));
  await until(async () => (await postNow(shared.newsroom, ready.id)).state === 'scheduled');
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('on the Rundown two presses at once are two moves, and what was given a time leaves the tray before the list is read', async () => {
  const { posts } = await story(shared, 'Lowmere turns its mill');
  const due = new Date(Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS + 30 * MINUTE_MS).toISOString();
  const approved = await shared.newsroom.api<Post>('POST', `/v1/posts/${own(posts).id}/approve`, {
    schedule: { at: due },
  });
  const ready = await write('Has no time either.', null);
  await using editor = await at(shared, '/');
  const { page } = editor;
  await page.locator(`[data-card="${approved.id}"]`).focus();
  await page.evaluate(
    `for (const _ of [1, 2]) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: ']', bubbles: true }))`,
  );
  await until(() => isLater(approved, 10));

  const inTray = page.locator(`[data-ready="${ready.id}"]`);
  await inTray.waitFor(WAIT);
  const script = await keepRequests(page, 'GET /assets/time-form');
  await inTray.getByRole('button', { name: 'Schedule…' }).click();
  const dialog = page.getByRole('dialog');
  // The window has looked for what takes the focus before the form is there.
  await dialog.locator(':focus').waitFor(WAIT);
  script();
  await dialog.getByRole('textbox').and(page.locator(':focus')).waitFor(WAIT);
  const list = await keepRequests(page, 'GET state=approved');
  await page.keyboard.type('+3h');
  await page.keyboard.press('Enter');
  await inTray.waitFor({ state: 'hidden', ...WAIT });
  list();
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('on a Story a key is heard as soon as the drawer is closed, and a number leads to a post that cannot be approved yet', async () => {
  const { id } = await story(shared, 'Lowmere airs its attic');
  await using editor = await at(shared, `/stories/${id}`);
  const { page } = editor;
  const why = page.getByRole('button', { name: 'Why', exact: true });
  const opened = async (): Promise<void> => {
    await why.click();
    await page.getByRole('dialog', { name: 'Why these sentences and tags' }).locator(':focus').waitFor(WAIT);
  };
  await opened();
  await page.keyboard.press('Escape');
  await why.and(page.locator(':focus')).waitFor(WAIT);
  await opened();
  await page.evaluate(`(async () => {
    const press = (key) => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    press('Escape');
    for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
    press('y');
  })()`);
  await page.getByRole('dialog', { name: 'What would be sent' }).waitFor(WAIT);

  const slots = await keepRequests(page, 'GET /slots?');
  await page.reload();
  await page.locator('[data-post]').nth(2).getByRole('button', { name: 'Edit', exact: true }).waitFor(WAIT);
  await page.keyboard.press('2');
  await page.locator('[data-post]').nth(1).locator(':focus').waitFor(WAIT);
  slots();
  expect(editor.complaints).toEqual([]);
}, 90_000);

/** Where each button of these names stands, from when it can be pressed. */
const buttons = (names: RegExp): string => `[...document.querySelectorAll('main button:enabled')].flatMap((button) => {
  const name = button.getAttribute('aria-label') ?? button.textContent;
  if (!${String(names)}.test(name) || getComputedStyle(button).pointerEvents === 'none') return [];
  const { x, y } = button.getBoundingClientRect();
  return [[name, Math.round(x) + ' ' + Math.round(y)]];
})`;

test.each([
  ['/setup', /^(Settings of|Reconnect|Add an account)/, 3],
  ['/setup?tab=team', /^Invite somebody$/, 1],
  ['/setup?tab=developer', /^(New key|Add a webhook)$/, 2],
  ['/health', /^Reconnect/, 1],
])(
  'what arrives late on %s moves no button away from the pointer',
  async (path, names, count) => {
    const { data } = await shared.newsroom.api<{ data: { id: string; network: string }[] }>('GET', '/v1/accounts');
    await shared.social.setMode({ name: '401', scope: 'all' });
    const signedOut = data.find(({ network }) => network === 'mastodon')?.id ?? '';
    await shared.newsroom.api('POST', `/v1/accounts/${signedOut}/check`).catch(() => {});
    await using editor = await at(shared, '/stories');
    const late = ['accounts', 'networks', 'users', 'webhooks', 'api-keys', 'figures', 'outlook', 'articles', 'sandbox'];
    const places = await placesWhileLate(editor.page, shared.newsroom.address + path, late, buttons(names));
    expect(places.size).toBeGreaterThanOrEqual(count);
    expect(Object.fromEntries([...places].filter(([, all]) => all.length > 1))).toEqual({});
  },
  60_000,
);
