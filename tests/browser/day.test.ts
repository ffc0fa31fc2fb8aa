import { expect, test } from 'vitest';
import { until, writePosts } from './seed.ts';
import { WAIT, at, postNow, postsOf, share, story } from './shared.ts';
import type { Post } from './shared.ts';

const shared = share();

const textOf = async (id: string): Promise<string | undefined> => (await postNow(shared.newsroom, id)).parts[0]?.text;
const of = (posts: readonly Post[], network: string): Post => posts.find((post) => post.network === network) as Post;

test('the Desk edits in place, approves with one key, opens the next story, and rejects with a reason', async () => {
  const [second, first] = [await story(shared, 'Lowmere mends its weir'), await story(shared, 'Lowmere buys a tram')];
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  await page.getByRole('list', { name: 'Stories that wait for review' }).getByText('Lowmere buys a tram').click();
  const own = of(first.posts, 'sandbox');
  const column = page.locator(`[data-post="${own.id}"]`);
  await column.getByRole('button', { name: 'Edit', exact: true }).focus();
  await page.keyboard.press('e');
  const field = column.getByRole('textbox');
  await field.fill('Lowmere buys a tram, and paints it green.');
  await field.press('Control+s');
  await until(async () => (await textOf(own.id)) === 'Lowmere buys a tram, and paints it green.');

  await page.locator('main h1').click();
  await page.keyboard.press('a');
  await until(async () => (await postsOf(shared.newsroom, first.id)).every((post) => post.state !== 'in_review'));
  // The one that takes its place is open already.
  await page.locator(`[data-post="${second.posts[0]?.id}"]`).waitFor(WAIT);

  await page.keyboard.press('d');
  await page.getByLabel('Why? The writer reads this.').fill('The weir is not ours.');
  await page.getByRole('dialog').getByRole('button', { name: 'Reject' }).click();
  await page.getByText('Nothing waits for review').waitFor(WAIT);
  // Who leaves the page does not take it back.
  await page.goto(`${shared.newsroom.address}/stories`);
  await until(async () => (await postsOf(shared.newsroom, second.id)).every((post) => post.state === 'cancelled'));
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('who looks at a story that another editor approves is told so', async () => {
  const { posts } = await story(shared, 'Lowmere paints its bandstand');
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  await page.locator(`[data-post="${posts[0]?.id}"]`).waitFor(WAIT);
  const schedule = { at: new Date(Date.now() + 3 * 3_600_000).toISOString() };
  for (const post of posts) await shared.newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule });
  await page.getByText('Somebody else decided meanwhile: it is scheduled now.').last().waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('a Story gets one text for all posts, one keeps its own until it is given back, and one becomes a thread', async () => {
  const { id, posts } = await story(shared, 'Lowmere counts its bats');
  const [own, other] = [of(posts, 'sandbox'), of(posts, 'mastodon')];
  await shared.newsroom.api('PATCH', `/v1/posts/${other.id}`, { text: 'Bats: 4,100 of them.' }, other.version);
  await using editor = await at(shared, `/stories/${id}`);
  const { page } = editor;
  await page.getByRole('button', { name: 'Write one text for all…' }).click();
  await page.getByRole('textbox', { name: 'Master text' }).fill('Lowmere has counted its bats.');
  await page.getByRole('button', { name: /^Save, and into \d+ posts?$/ }).click();
  await until(async () => (await textOf(own.id))?.startsWith('Lowmere has counted its bats.') === true);
  expect(await textOf(other.id)).toBe('Bats: 4,100 of them.');
  const column = (post: Post) => page.locator(`[data-post="${post.id}"]`);
  await column(other)
    .getByRole('button', { name: /go back to the master text/ })
    .click();
  await until(async () => (await textOf(other.id))?.startsWith('Lowmere has counted its bats.') === true);

  await column(other).getByRole('button', { name: 'Edit', exact: true }).click();
  const field = column(other).getByRole('textbox');
  await field.fill('The bats come at dusk. They leave at dawn.');
  for (let steps = 'They leave at dawn.'.length; steps > 0; steps -= 1) await field.press('ArrowLeft');
  await column(other).getByRole('button', { name: 'Split into a thread here' }).click();
  await column(other).getByRole('textbox', { name: 'Message 2 of 2' }).press('Control+s');
  await until(async () => (await postNow(shared.newsroom, other.id)).parts.length === 2);
  const thread = (await postNow(shared.newsroom, other.id)).parts.map(({ text }) => text);
  expect(thread).toEqual(['The bats come at dusk.', 'They leave at dawn.']);
  await column(other)
    .getByRole('textbox')
    .first()
    .waitFor({ state: 'hidden', ...WAIT });
  await column(other).getByText('They leave at dawn.').waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the Rundown moves a post by its menu, sends it now, and ticks it off with how late it was', async () => {
  const { posts } = await story(shared, 'Lowmere lights its lock');
  const post = of(posts, 'sandbox');
  const first = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 30 * 60_000);
  await shared.newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: { at: first.toISOString() } });
  await using editor = await at(shared, '/');
  const { page } = editor;
  const next = page
    .getByRole('region', { name: 'Next ten' })
    .getByRole('listitem')
    .filter({ hasText: 'lights its lock' });
  await next.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: '5 minutes later' }).click();
  const moved = new Date(first.getTime() + 5 * 60_000).toISOString();
  await until(async () => (await postNow(shared.newsroom, post.id)).dueAt === moved);
  await page.getByText('Moved.', { exact: true }).last().waitFor(WAIT);
  await page.keyboard.press('Control+z');
  await until(async () => (await postNow(shared.newsroom, post.id)).dueAt === first.toISOString());

  const card = page.locator(`[data-card="${post.id}"]`);
  await card.focus();
  await page.keyboard.press('p');
  await page.getByRole('dialog').getByRole('button', { name: 'Publish now' }).click();
  await until(async () => (await postNow(shared.newsroom, post.id)).state === 'published');
  await card.getByText(/^✓ \+/).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('Stories are found by their words, say what became of their posts, and open', async () => {
  const { id } = await story(shared, 'Lowmere tunes its organ');
  await story(shared, 'Lowmere oils its gates');
  await using editor = await at(shared, '/stories');
  const { page } = editor;
  const organ = page.getByRole('listitem').filter({ hasText: 'Lowmere tunes its organ' });
  await organ.getByText('In review').waitFor(WAIT);
  await page.keyboard.press('/');
  await page.keyboard.type('organ lowmere');
  await page.getByText('Lowmere oils its gates').waitFor({ state: 'hidden', ...WAIT });
  await page.getByRole('searchbox').fill('zeppelin');
  await page.getByText('No story fits').waitFor(WAIT);
  await page.getByRole('searchbox').fill('organ');
  await organ.getByRole('link').click();
  await page.waitForURL(`**/stories/${id}`);
  await page.getByRole('heading', { name: 'Lowmere tunes its organ', level: 1 }).waitFor(WAIT);
  // Its screen is where the key for the last story leads from now on.
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.waitForURL('**/desk');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.waitForURL(`**/stories/${id}`);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('the page of an article that was written again leads to where its posts are now', async () => {
  const given = { title: 'Lowmere names its bridge', url: 'https://news.example/bridge' };
  const text =
    'The bridge of Lowmere will be named on Friday, the council said.\nIt is 40 years old.\nFour names are left.';
  const before = await writePosts(shared.newsroom, { ...given, text });
  const after = await writePosts(shared.newsroom, { ...given, text: text.replace('Four', 'Three') });
  expect(after).not.toBe(before);
  await using editor = await at(shared, `/stories/${before}`);
  const { page } = editor;
  await page.getByText('The article has been written again since').waitFor(WAIT);
  await page.getByRole('link', { name: 'Open the story as it is now' }).click();
  await page.waitForURL(`**/stories/${after}`);
  await page.locator('[data-post]').nth(2).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('a card that cannot be drawn says so where it stands, and its neighbours and the shell go on', async () => {
  const { id, posts } = await story(shared, 'Lowmere digs a well');
  const [broken, sound] = [of(posts, 'sandbox'), of(posts, 'mastodon')];
  await using editor = await at(shared, '/stories');
  const { page } = editor;
  // As after an answer that this page does not understand.
  await page.route('**/v1/posts?*', async (route) => {
    const reply = await route.fetch();
    const list = (await reply.json()) as { data: { id: string; parts: { media: unknown }[] }[] };
    for (const post of list.data) if (post.id === broken.id) for (const part of post.parts) part.media = null;
    await route.fulfill({ response: reply, json: list });
  });
  await page.goto(`${shared.newsroom.address}/stories/${id}`);
  await page.locator(`[data-post="${sound.id}"]`).waitFor(WAIT);
  await page.getByRole('alert').getByText('The page has a fault').waitFor(WAIT);
  expect(await page.locator(`[data-post="${broken.id}"]`).count()).toBe(0);
  await page.unroute('**/v1/posts?*');
  await page.reload();
  await page.locator(`[data-post="${broken.id}"]`).waitFor(WAIT);
}, 60_000);

test('who is signed out signs in beside the page and goes on where they were', async () => {
  const { id } = await story(shared, 'Lowmere moves its market');
  const { link } = await shared.newsroom.api<{ link: { path: string } }>('POST', '/v1/users', {
    name: 'Ruth Amsel',
    role: 'editor',
  });
  const context = await shared.browser.newContext();
  const page = await context.newPage();
  const password = 'quince-lantern-tidal-boat';
  await page.goto(shared.newsroom.address + link.path);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.locator('[data-live="live"]').waitFor(WAIT);
  await page.goto(`${shared.newsroom.address}/stories/${id}`);
  await page.getByRole('textbox', { name: 'Comment' }).fill('The market was there since 1802.');
  await context.clearCookies();
  await page.getByRole('button', { name: 'Say it' }).click();
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Sign in' }).click();
  const door = await opened;
  await door.getByLabel('Name or e-mail address').fill('Ruth Amsel');
  await door.getByLabel('Password').fill(password);
  await door.keyboard.press('Enter');
  await door.locator('[data-live="live"]').waitFor(WAIT);
  await door.close();
  await page.getByRole('button', { name: 'I have signed in: go on' }).click();
  await page.getByText('You are signed out').waitFor({ state: 'hidden', ...WAIT });
  expect(new URL(page.url()).pathname).toBe(`/stories/${id}`);
  expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('The market was there since 1802.');
  await page.getByRole('button', { name: 'Say it' }).click();
  await page.getByRole('listitem').getByText('The market was there since 1802.').waitFor(WAIT);
  await context.close();
}, 60_000);
