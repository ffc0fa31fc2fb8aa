import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keepRequests, watchIn } from './late.ts';
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
  const save = await keepRequests(page, 'PATCH /v1/posts/');
  await field.press('Control+s');
  // Approved is what was just written, although it is not saved yet.
  await page.locator('main h1').click();
  await page.keyboard.press('a');
  await until(async () => (await postsOf(shared.newsroom, first.id)).some((post) => post.state !== 'in_review'));
  save();
  await until(async () => (await textOf(own.id)) === 'Lowmere buys a tram, and paints it green.');
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
  const next = await story(shared, 'Lowmere counts its benches');
  await using editor = await at(shared, '/desk');
  const { page } = editor;
  await page.locator(`[data-post="${posts[0]?.id}"]`).waitFor(WAIT);
  const schedule = { at: new Date(Date.now() + 3 * 3_600_000).toISOString() };
  for (const post of posts) await shared.newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule });
  await page.getByText('Somebody else decided meanwhile: it is scheduled now.').last().waitFor(WAIT);
  // What is under the pointer and the keys stays until the reader goes on: the next one is not approved unseen. They are
  // approved one by one, so that the last is sure to be there.
  await page
    .locator(`[data-post="${posts.at(-1)?.id}"]`)
    .getByText('Scheduled', { exact: true })
    .first()
    .waitFor(WAIT);
  await page.keyboard.press('a');
  await page.getByText('Nothing here waits for approval.').last().waitFor(WAIT);
  expect((await postsOf(shared.newsroom, next.id)).map((post) => post.state)).toEqual(
    next.posts.map(() => 'in_review'),
  );
  await page.keyboard.press('j');
  await page.locator(`[data-post="${next.posts[0]?.id}"]`).waitFor(WAIT);
  for (const post of next.posts) await shared.newsroom.api('POST', `/v1/posts/${post.id}/cancel`, {});
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
  const reset = await keepRequests(page, 'PATCH /v1/posts/');
  await column(other)
    .getByRole('button', { name: /go back to the master text/ })
    .click();
  await column(other).getByRole('button', { name: 'Edit', exact: true }).click();
  const field = column(other).getByRole('textbox');
  expect(await field.inputValue()).toBe('Bats: 4,100 of them.');
  reset();
  await until(async () => (await textOf(other.id))?.startsWith('Lowmere has counted its bats.') === true);
  // As long as nothing is typed, an editor shows what is there.
  await until(async () => (await field.inputValue()).startsWith('Lowmere has counted its bats.'));
  await field.fill('The bats come at dusk. They leave at dawn.');
  for (let steps = 'They leave at dawn.'.length; steps > 0; steps -= 1) await field.press('ArrowLeft');
  await column(other).getByRole('button', { name: 'Split into a thread here' }).click();
  await column(other).getByRole('button', { name: 'Number the messages' }).click();
  const [first, second] = [1, 2].map((n) => column(other).getByRole('textbox', { name: `Message ${n} of 2` }));
  expect([await first?.inputValue(), await second?.inputValue()]).toEqual([
    '1/2 The bats come at dusk.',
    '2/2 They leave at dawn.',
  ]);
  await column(other).getByRole('button', { name: 'Take the numbers off' }).click();
  await second?.press('Control+s');
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

test('one post is held by its button and by the palette, says by whom and why, and is let go by its key; others go out', async () => {
  const { id, posts } = await story(shared, 'Lowmere rings its bell');
  const [own, other] = [of(posts, 'sandbox'), of(posts, 'mastodon')];
  const holdsOf = async (post: Post): Promise<string[]> =>
    (
      await shared.newsroom.api<{ heldBy: { scope: string; reason: string }[] }>('GET', `/v1/posts/${post.id}`)
    ).heldBy.map(({ scope, reason }) => `${scope}: ${reason}`);
  const due = { at: new Date(Date.now() + 30 * 60_000).toISOString() };
  for (const post of [own, other]) await shared.newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: due });
  await using editor = await at(shared, `/stories/${id}`);
  const { page } = editor;
  const column = page.locator(`[data-post="${own.id}"]`);
  const answer = async (reason: string): Promise<void> => {
    await page.getByRole('dialog').getByLabel('Why? Everybody sees this.').fill(reason);
    await page.getByRole('dialog').getByRole('button', { name: 'Hold', exact: true }).click();
  };
  await column.getByRole('button', { name: 'Hold…' }).click();
  await answer('The bell is not cast yet.');
  await column.getByText(/^Held by you since .*: “The bell is not cast yet\.”$/).waitFor(WAIT);
  await column.getByText('Held', { exact: true }).waitFor(WAIT);
  expect(await holdsOf(own)).toEqual(['post: The bell is not cast yet.']);
  expect(await holdsOf(other)).toEqual([]);
  await page.keyboard.press('Control+z');
  await until(async () => (await holdsOf(own)).length === 0);

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^A screen, an action/ }).fill('hold this post');
  await page.keyboard.press('Enter');
  const choice = page.getByRole('dialog', { name: 'Which post?' });
  await choice.getByRole('radio', { name: 'Sandbox' }).check();
  await choice.getByRole('button', { name: 'This one' }).click();
  await answer('Who rings it?');
  await column.getByText(/“Who rings it\?”$/).waitFor(WAIT);
  for (const post of [own, other]) await shared.newsroom.api('POST', `/v1/posts/${post.id}/publish`, {});
  await until(async () => (await postNow(shared.newsroom, other.id)).state === 'published');
  expect((await postNow(shared.newsroom, own.id)).state).toBe('scheduled');

  // Its time has passed meanwhile: letting it go asks what is to become of it.
  await column.getByText('now)', { exact: false }).waitFor(WAIT);
  await column.getByRole('button', { name: 'Lift the hold' }).focus();
  await page.keyboard.press('h');
  await page
    .getByRole('dialog', { name: 'How does publishing go on?' })
    .getByRole('button', { name: 'Resume' })
    .click();
  await until(async () => (await postNow(shared.newsroom, own.id)).state === 'published');
  expect(editor.complaints).toEqual([]);
}, 120_000);

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

  // Whatever stretch of time the board shows, the next ten are those of now.
  const card = page.locator(`[data-card="${post.id}"]`);
  await page.keyboard.press('+');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowLeft');
  await card.waitFor({ state: 'detached', ...WAIT });
  await next.waitFor(WAIT);
  expect(await page.getByText(/^Nothing is scheduled/).count()).toBe(0);
  await page.keyboard.press('t');
  await card.waitFor(WAIT);
  const said = (zone: string): string =>
    first.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  await card.focus();
  const tip = page.getByRole('tooltip');
  await tip.waitFor(WAIT);
  for (const words of [said('Europe/Bucharest'), said('UTC')]) expect(await tip.innerText()).toContain(words);

  await page.keyboard.press('p');
  // Which one it is about is not only what has the focus behind it.
  await page.getByRole('dialog', { name: 'Publish now?' }).getByText('Lowmere lights its lock').waitFor(WAIT);
  await page.getByRole('dialog').getByText('Sandbox', { exact: true }).waitFor(WAIT);
  await page.getByRole('dialog').getByRole('button', { name: 'Publish now' }).click();
  await until(async () => (await postNow(shared.newsroom, post.id)).state === 'published');
  await card.getByText(/^✓ \+/).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 60_000);

/** Presses `?` the moment that the menu begins to fade which is open now. @returns how many menus what has the focus is in then. */
function pressWhenItFades(page: Page): Promise<() => Promise<number>> {
  return watchIn(
    page,
    `new Promise((resolve) => new MutationObserver((_, observer) => {
      observer.disconnect();
      let menus = 0;
      for (let menu = document.activeElement.closest('[role="menu"]'); menu !== null; menu = menu.parentElement.closest('[role="menu"]')) menus += 1;
      resolve(menus);
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }));
    }).observe(document.querySelector('[aria-haspopup="menu"][aria-expanded="true"]'), { attributeFilter: ['aria-expanded'] }))`,
  );
}

test('a menu that was chosen from takes no key while it fades, and neither does one inside of it', async () => {
  const { posts } = await story(shared, 'Lowmere lifts its latch');
  const schedule = { at: new Date(Date.now() + 40 * 60_000).toISOString() };
  await shared.newsroom.api('POST', `/v1/posts/${of(posts, 'sandbox').id}/approve`, { schedule });
  await using editor = await at(shared, '/');
  const { page } = editor;
  const more = page
    .getByRole('region', { name: 'Next ten' })
    .getByRole('listitem')
    .filter({ hasText: 'lifts its latch' })
    .getByRole('button', { name: /^More for/ });
  const sheet = page.getByRole('dialog', { name: 'Keys', exact: true });
  await more.click();
  // Its first item takes the focus when it is there.
  await page.getByRole('menu').locator(':focus').waitFor(WAIT);
  await page.getByRole('menuitem', { name: '5 minutes later' }).focus();
  // While it is open, a key is the menu's own.
  await page.keyboard.press('?');
  const menus = await pressWhenItFades(page);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.keyboard.press('Enter');
  expect(await menus()).toBe(1);
  await sheet.waitFor(WAIT);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached', ...WAIT });

  await more.click();
  await page.getByRole('menu').locator(':focus').waitFor(WAIT);
  await page.getByRole('menuitem', { name: 'Send to another account…' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('menuitem', { name: '@desk@social.example' }).and(page.locator(':focus')).waitFor(WAIT);
  const inner = await pressWhenItFades(page);
  await page.keyboard.press('Enter');
  expect(await inner()).toBe(2);
  await sheet.waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 60_000);

test('nothing of one story is shown, or kept, on another', async () => {
  const [one, other] = [
    await story(shared, 'Lowmere waters its wharf'),
    await story(shared, 'Lowmere brooms its brook'),
  ];
  const storyOf = async (article: string): Promise<string> =>
    (await shared.newsroom.api<{ storyId: string }>('GET', `/v1/articles/${article}`)).storyId;
  const [first, second] = [await storyOf(one.id), await storyOf(other.id)];
  await shared.newsroom.api('POST', `/v1/stories/${first}/comments`, { text: 'The wharf is dry.' });
  await shared.newsroom.api('POST', `/v1/stories/${first}/shares`, { hours: 4 });
  await using editor = await at(shared, `/stories/${one.id}`);
  const { page } = editor;
  const go = async (title: string, { id }: { id: string }): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^A screen, an action/ }).fill(title);
    await page.getByRole('option', { name: `${title} Story` }).click();
    await page.waitForURL(`**/stories/${id}`);
    await page.getByRole('heading', { name: title, level: 1 }).waitFor(WAIT);
  };
  const [comments, shares] = [
    await keepRequests(page, `GET /v1/stories/${second}/comments`),
    await keepRequests(page, `GET /v1/stories/${second}/shares`),
  ];
  // The article is known by the second time, and what belongs to it is not.
  await go('Lowmere brooms its brook', other);
  await page.getByRole('button', { name: 'Share a preview…' }).waitFor(WAIT);
  await go('Lowmere waters its wharf', one);
  await page.getByRole('button', { name: '1 preview link' }).waitFor(WAIT);
  await page.getByText('The wharf is dry.').waitFor(WAIT);
  await page.getByRole('textbox', { name: 'Comment' }).fill('Who says so?');
  await go('Lowmere brooms its brook', other);
  await page.getByRole('button', { name: 'Share a preview…' }).waitFor(WAIT);
  expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('');
  expect(await page.getByText('The wharf is dry.').count()).toBe(0);
  comments();
  shares();
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
  const live = page.locator('[data-live]');
  await page.evaluate(() => fetch('/v1/session', { method: 'DELETE', headers: { 'x-standfirst': '1' } }));
  // The server ends the line of a session that is over, and this page says that it is not live.
  await expect.poll(() => live.getAttribute('data-live'), WAIT).toBe('reconnecting');
  await page.getByText('You are signed out').waitFor(WAIT);
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
  await expect.poll(() => live.getAttribute('data-live'), WAIT).toBe('live');
  expect(new URL(page.url()).pathname).toBe(`/stories/${id}`);
  expect(await page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('The market was there since 1802.');
  await page.getByRole('button', { name: 'Say it' }).click();
  await page.getByRole('listitem').getByText('The market was there since 1802.').waitFor(WAIT);
  await context.close();
}, 60_000);
