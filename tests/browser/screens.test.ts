import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fake } from '../fakes/fake.ts';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';
import { connectFakes, until, writePosts } from './seed.ts';

interface Post {
  readonly id: string;
  readonly network: string;
  readonly accountId: string;
  readonly state: string;
  readonly revision: number;
  readonly dueAt: string | null;
  readonly parts: readonly { readonly text: string }[];
}

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let social: Fake;
let receiver: Fake;
const WAIT = { timeout: 25_000 };

beforeAll(async () => {
  [newsroom, browser] = await Promise.all([
    startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }),
    launchBrowser(),
  ]);
  ({ social, receiver } = await connectFakes(newsroom));
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
  await social?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

const body =
  'The town of Lowmere will plant 900 elms along its old railway, the council said on Friday.\nThe trees cost 41,000 crowns. Volunteers dig from Monday.\nThe railway closed in 1968, and its bridges are kept for the path.';

async function story(title: string): Promise<{ id: string; posts: Post[] }> {
  const id = await writePosts(newsroom, { title, text: body });
  return { id, posts: await postsOf(id) };
}

async function postsOf(article: string): Promise<Post[]> {
  return (await newsroom.api<{ data: Post[] }>('GET', `/v1/posts?article=${article}`)).data;
}

async function current(id: string): Promise<Post> {
  return newsroom.api<Post>('GET', `/v1/posts/${id}`);
}

test('the Story is talked about, kept back, shared for reading, rehearsed and written anew', async () => {
  const { id, posts } = await story('Lowmere plants elms');
  const own = posts.find((post) => post.network === 'sandbox') as Post;
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/stories/${id}`);
  await page.getByRole('textbox', { name: 'Comment' }).fill('Who pays for the elms?');
  await page.getByRole('button', { name: 'Say it' }).click();
  await page.getByRole('listitem').getByText('Who pays for the elms?').waitFor(WAIT);

  await page.getByRole('button', { name: 'Embargo…' }).click();
  await page.getByLabel(/^Time in/).fill('+2h');
  await page.getByRole('button', { name: 'Set this time' }).click();
  await page.getByRole('button', { name: /^Embargo until/ }).waitFor(WAIT);
  await page.getByRole('button', { name: 'Lift it' }).click();
  await page.getByRole('button', { name: 'Embargo…' }).waitFor(WAIT);

  await page.getByRole('button', { name: 'Share a preview…' }).click();
  await page.getByRole('menuitem', { name: 'For 4 hours' }).click();
  const said = await page
    .getByText(/^(Copied|The link): /)
    .last()
    .textContent();
  const stranger = await browser.newContext();
  const reader = await stranger.newPage();
  await reader.goto(String(said).replace(/^.*?: /, ''));
  await reader.getByRole('heading', { name: 'Lowmere plants elms' }).waitFor();
  expect(await reader.getByRole('button').count()).toBe(0);
  await stranger.close();

  await page.keyboard.press('y');
  await page.getByRole('dialog').getByText('POST /v1/sandbox/timeline').waitFor(WAIT);
  await page.keyboard.press('Escape');

  const column = page.locator(`[data-post="${own.id}"]`);
  await column.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Write it shorter' }).click();
  await until(async () => (await current(own.id)).revision === 2);
  await column.getByRole('button', { name: /go back to what was written/ }).click();
  await until(async () => (await current(own.id)).parts[0]?.text === own.parts[0]?.text);
  await page.getByRole('button', { name: 'Show every version' }).click();
  await page.getByRole('combobox', { name: 'History of which post' }).waitFor();

  await page.keyboard.press('2');
  await page.keyboard.press('w');
  await page.getByRole('tab', { name: 'Time' }).click();
  await page.getByText('Nothing is set for this account').first().waitFor();
  await page.keyboard.press('Escape');
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('what an embargo keeps for days says the day and hour at which it leaves, and not those that it was given', async () => {
  const { posts } = await story('Lowmere counts its elms');
  const post = posts.find((one) => one.network === 'sandbox') as Post;
  const { storyId } = await newsroom.api<{ storyId: string }>('GET', `/v1/posts/${post.id}`);
  const at = new Date(Date.now() + 3_600_000);
  await newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: { at: at.toISOString() } });
  const ends = new Date(Date.now() + 3 * 86_400_000);
  await newsroom.api('PATCH', `/v1/stories/${storyId}`, { embargoUntil: ends.toISOString() });
  const inZone = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Bucharest', hourCycle: 'h23', ...options }).format(ends);
  const day = inZone({ weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '');
  const moment = `${day} ${inZone({ hour: '2-digit', minute: '2-digit' })}`;
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await expect.poll(() => page.locator('main').innerText(), WAIT).toContain(`embargo until ${moment}`);
  const next = page.getByRole('region', { name: 'Next ten' }).getByRole('listitem').filter({ hasText: '900 elms' });
  await next.getByText(moment).waitFor(WAIT);
  expect(await next.innerText()).toMatch(/in 7[12] h|in 2 d|in 3 d/);
  await newsroom.api('POST', `/v1/posts/${post.id}/cancel`);
  // The stories of the other tests have the same words, and would wait for its end too.
  await newsroom.api('PATCH', `/v1/stories/${storyId}`, { embargoUntil: null });
}, 60_000);

test('the Desk approves together only what nothing speaks against, and gives back what needs work', async () => {
  const [good, bad] = [await story('Lowmere digs on Monday'), await story('Lowmere counts to 900')];
  const wrong = bad.posts.find((post) => post.network === 'sandbox') as Post;
  await newsroom.api('PATCH', `/v1/posts/${wrong.id}`, { text: 'Lowmere plants 1,200 elms.' }, 1);
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/desk`);
  const inbox = page.getByRole('list', { name: 'Stories that wait for review' });
  for (const title of ['Lowmere digs on Monday', 'Lowmere counts to 900']) {
    await inbox.getByLabel(`Select ${title}`).check();
  }
  await page.getByRole('button', { name: 'Approve all green' }).click();
  await page.getByText('1 story is not all green').last().waitFor(WAIT);
  await until(async () => (await postsOf(good.id)).every((post) => post.state !== 'in_review'));
  expect((await postsOf(bad.id)).every((post) => post.state === 'in_review')).toBe(true);

  await page.keyboard.press('Escape');
  await inbox.getByRole('button', { name: /Lowmere counts to 900/ }).click();
  await page
    .getByText(/figures 1\/2|figures \d+\/\d+ · .* found in the article/)
    .first()
    .waitFor();
  await page.keyboard.press('r');
  await page.getByLabel('What should change?').fill('It is 900, not 1,200.');
  await page.getByRole('dialog').getByRole('button', { name: 'Request changes' }).click();
  await until(async () => (await postsOf(bad.id)).every((post) => post.state === 'draft'));
  await page.getByText('Given back').first().click();
  await page.getByText('It is 900, not 1,200.').first().waitFor(WAIT);
  await page.keyboard.press('a');
  await until(async () => (await postsOf(bad.id)).every((post) => post.state === 'in_review'));
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('Escape closes the menu that is open, and takes nothing else away', async () => {
  const { posts } = await story('Lowmere waxes its slide');
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/desk`);
  const inbox = page.getByRole('list', { name: 'Stories that wait for review' });
  const box = inbox.getByLabel('Select Lowmere waxes its slide');
  await box.check();
  await inbox.getByRole('button', { name: /Lowmere waxes its slide/ }).click();
  await page
    .locator(`[data-post="${posts[0]?.id}"]`)
    .getByRole('button', { name: /^More for/ })
    .click();
  await page.getByRole('menuitem').first().focus();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await box.isChecked()).toBe(true);
  await page.locator('main h1').click();
  await page.keyboard.press('Escape');
  await until(async () => !(await box.isChecked()));
  for (const post of posts) await newsroom.api('POST', `/v1/posts/${post.id}/cancel`, {});
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('a tab of the Desk shows no part of a story while its own list is on its way', async () => {
  const { id, posts } = await story('Lowmere paints its pier');
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/desk`);
  const inbox = page.getByRole('list', { name: 'Stories that wait for review' });
  await inbox.getByRole('button', { name: /Lowmere paints its pier/ }).click();
  await page.locator(`[data-post="${posts[0]?.id}"]`).waitFor(WAIT);
  // The page knows what it changed itself before any list is there again.
  const lists = Promise.withResolvers<void>();
  await page.route(/\/v1\/posts\?.*state=(draft|in_review)/, async (route) => {
    await lists.promise;
    await route.continue();
  });
  await page.keyboard.press('r');
  await page.getByLabel('What should change?').fill('Say which pier.');
  await page.getByRole('dialog').getByRole('button', { name: 'Request changes' }).click();
  await page.getByText('3 posts given back, with your note.').last().waitFor(WAIT);
  const asked = page.waitForRequest(/\/v1\/posts\?.*state=draft/);
  await page.getByText('Given back', { exact: true }).click();
  await asked;
  expect(await page.locator('[data-post]').count()).toBe(0);
  await page.keyboard.press('a');
  await page.getByText('Nothing here waits for approval.').last().waitFor(WAIT);
  lists.resolve();
  await page.getByText('Say which pier.').first().waitFor(WAIT);
  expect((await postsOf(id)).map((post) => post.state)).toEqual(['draft', 'draft', 'draft']);
  await page.keyboard.press('a');
  await until(async () => (await postsOf(id)).every((post) => post.state === 'in_review'));
  for (const post of posts) await newsroom.api('POST', `/v1/posts/${post.id}/cancel`, {});
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('the Rundown takes a drag along the time, a drag out of the tray, and a drag to another lane', async () => {
  const { id, posts } = await story('Lowmere keeps its bridges');
  const [own, other] = ['sandbox', 'webhook'].map((network) => posts.find((post) => post.network === network) as Post);
  const third = posts.find((post) => post.network === 'mastodon') as Post;
  const at = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 60 * 60_000).toISOString();
  await newsroom.api('POST', `/v1/posts/${own?.id}/approve`, { schedule: { at } });
  await newsroom.api('POST', `/v1/posts/${other?.id}/approve`, {});
  await newsroom.api('POST', `/v1/posts/${third.id}/cancel`, {});
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const card = page.locator(`[data-card="${own?.id}"]`);
  await card.waitFor();
  const drag = async (dx: number, dy: number): Promise<void> => {
    const box = await card.boundingBox();
    if (box === null) throw new Error('The card is not on the board.');
    await page.mouse.move(box.x + 30, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 30 + dx / 2, box.y + 20 + dy / 2);
    await page.mouse.move(box.x + 30 + dx, box.y + 20 + dy);
    await page.mouse.up();
  };
  await drag(90, 0);
  await until(async () => ((await current(own?.id ?? '')).dueAt ?? '') > at);

  const lane = page.locator(`[data-lane="${other?.accountId}"]`);
  const place = await lane.boundingBox();
  await page
    .locator(`[data-ready="${other?.id}"]`)
    .dragTo(lane, { targetPosition: { x: (place?.width ?? 0) * 0.9, y: 20 } });
  await until(async () => (await current(other?.id ?? '')).state === 'scheduled');

  const from = await card.boundingBox();
  const to = await lane.boundingBox();
  await drag(0, (to?.y ?? 0) - (from?.y ?? 0) + 5);
  await page.getByRole('dialog').getByRole('button', { name: 'Move' }).click();
  await until(async () => (await current(own?.id ?? '')).state === 'cancelled');
  const moved = await newsroom.api<{ data: Post[] }>('GET', `/v1/posts?account=${other?.accountId}&state=scheduled`);
  expect(moved.data.map((post) => post.parts[0]?.text)).toContain(own?.parts[0]?.text);
  // The copy tells the same story.
  expect(await postsOf(id)).toHaveLength(4);

  for (const key of ['+', '-', 't', 'ArrowRight', 'ArrowLeft', 'j', 'k']) await page.keyboard.press(key);
  await page.locator(`[data-card="${moved.data[0]?.id}"]`).focus();
  await page.keyboard.press('m');
  await page.getByRole('dialog', { name: 'Move to which time?' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('h');
  await page.getByRole('dialog', { name: /^Hold / }).waitFor();
  await page.keyboard.press('Escape');
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('a failure is sent to another account, and what was settled is found again', async () => {
  const { id, posts } = await story('Lowmere repairs its clock tower');
  const post = posts.find((one) => one.network === 'mastodon') as Post;
  await social.setMode({ name: '422' });
  await newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: 'now' });
  await until(async () => (await current(post.id)).state === 'failed');
  await social.setMode({ name: 'ok' });
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/failures`);
  const failed = page.locator(`[data-failure="${post.id}"]`);
  await failed.getByRole('button', { name: 'Every try' }).click();
  await failed.getByText('refused', { exact: true }).waitFor(WAIT);
  await failed.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Send to another account…' }).hover();
  await page.getByRole('menuitem', { name: 'Front page' }).click();
  await until(async () => (await current(post.id)).state === 'cancelled');
  await failed.waitFor({ state: 'hidden', ...WAIT });
  await page.getByText('Resolved, 30 days').click();
  await page.getByText('Sent to Front page instead.').waitFor(WAIT);
  expect(await postsOf(id)).toHaveLength(4);
  expect(editor.complaints).toEqual([]);
}, 90_000);
