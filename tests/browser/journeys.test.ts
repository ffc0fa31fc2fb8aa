import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fake } from '../fakes/fake.ts';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { placesWhileLate } from './late.ts';
import { startNewsroom } from './newsroom.ts';
import { connectFakes, until, writePosts } from './seed.ts';

interface Post {
  readonly id: string;
  readonly network: string;
  readonly state: string;
  readonly version: number;
  readonly dueAt: string | null;
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
  // A story about one has a badge for that beside the one for its figures.
  await newsroom.api('PUT', '/v1/house-rules', { hashtags: { sensitive: ['Bridge'] } }, 0);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
  await social?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

const body =
  'The town of Lowmere will plant 900 elms along its old railway, the council said on Friday.\nThe trees cost 41,000 crowns. Volunteers dig from Monday.';

async function story(title: string): Promise<{ id: string; posts: Post[] }> {
  const id = await writePosts(newsroom, { title, text: body });
  return { id, posts: await postsOf(id) };
}

async function postsOf(article: string): Promise<Post[]> {
  return (await newsroom.api<{ data: Post[] }>('GET', `/v1/posts?article=${article}`)).data;
}

test('the Desk decides with single keys, and a decision is taken back', async () => {
  const { id } = await story('Lowmere plants elms along its railway');
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('button', { name: 'Approve 3 posts' }).waitFor();
  await page.keyboard.press('2');
  await page.getByRole('button', { name: 'Approve 2 posts' }).waitFor();
  await page.keyboard.press('Shift+A');
  await page.getByLabel(/^Time in/).fill('+3h');
  await page.getByRole('button', { name: 'Set this time' }).click();
  await until(async () => (await postsOf(id)).filter((post) => post.state === 'scheduled').length === 2);
  await page.getByText('2 posts approved and scheduled.').last().waitFor(WAIT);
  await page.keyboard.press('u');
  await until(async () => (await postsOf(id)).every((post) => post.state === 'in_review'));

  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Approve for the next free slot').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('failures');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/failures$/);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the Rundown moves a post by five minutes with a key, and a hold stops what is due until it is lifted', async () => {
  const { id, posts } = await story('Lowmere opens a tool library');
  const own = posts.find((post) => post.network === 'sandbox') as Post;
  const at = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 30 * 60_000).toISOString();
  await newsroom.api('POST', `/v1/posts/${own.id}/approve`, { schedule: { at } });
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const card = page.locator(`[data-card="${own.id}"]`);
  await card.focus();
  await page.keyboard.press(']');
  const later = new Date(new Date(at).getTime() + 5 * 60_000).toISOString();
  await until(async () => (await postsOf(id)).some((post) => post.dueAt === later));

  await page.keyboard.press('Shift+H');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByLabel('Why? Everybody sees this.').fill('A name is being checked.');
  await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
  await page.getByText('A name is being checked.').waitFor();
  await expect.poll(() => card.getByText('Held').isVisible(), WAIT).toBe(true);
  await newsroom.api('POST', `/v1/posts/${own.id}/publish`, {});
  await page.waitForTimeout(2_000);
  expect((await postsOf(id)).find((post) => post.id === own.id)?.state).toBe('scheduled');
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
  await until(async () => (await postsOf(id)).find((post) => post.id === own.id)?.state === 'published');
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('a post that its network refused is found under its cause, edited there, and goes out', async () => {
  const { id, posts } = await story('Lowmere counts its swifts');
  const post = posts.find((one) => one.network === 'mastodon') as Post;
  await social.setMode({ name: '422' });
  await newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: 'now' });
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/failures`);
  const group = page.getByRole('region', { name: /The network refused the content/ });
  await group.waitFor(WAIT);
  await social.setMode({ name: 'ok' });
  await group.getByRole('button', { name: 'Edit and retry' }).first().click();
  await group.getByRole('textbox').fill('Lowmere counts its swifts: 212 this year.');
  await group.getByRole('textbox').press('Control+Enter');
  await until(async () => (await postsOf(id)).find((one) => one.id === post.id)?.state === 'published');
  await page.getByText('No failures').waitFor(WAIT);
  expect(social.log.map((one) => one.text)).toContain('Lowmere counts its swifts: 212 this year.');
}, 90_000);

test('two editors who change one text are shown both, and nothing is overwritten without a choice', async () => {
  const { id, posts } = await story('Lowmere mends its clock');
  const post = posts.find((one) => one.network === 'sandbox') as Post;
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/stories/${id}`);
  const column = page.locator(`[data-post="${post.id}"]`);
  await column.getByRole('button', { name: 'Edit' }).click();
  await column.getByRole('textbox').fill('Mine: the clock of Lowmere runs again.');
  const reply = await fetch(`${newsroom.address}/v1/posts/${post.id}`, {
    method: 'PATCH',
    headers: { ...newsroom.authorization, 'content-type': 'application/json', 'if-match': `"${post.version}"` },
    body: JSON.stringify({ text: 'Theirs: the clock of Lowmere is mended.' }),
  });
  expect(reply.status).toBe(200);
  await column.getByRole('textbox').press('Control+s');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Theirs: the clock of Lowmere is mended.').waitFor(WAIT);
  await dialog.getByText(/^Theirs is by a program, saved/).waitFor(WAIT);
  await dialog.getByRole('button', { name: 'Save mine' }).click();
  await column.getByRole('textbox').waitFor({ state: 'hidden', ...WAIT });
  await column.getByText('Mine: the clock of Lowmere runs again.').waitFor(WAIT);
}, 60_000);

test('what was typed before a colleague’s text came does not pass for a change of that, nor after it was closed', async () => {
  const { id, posts } = await story('Lowmere greases its lift');
  const post = posts.find((one) => one.network === 'sandbox') as Post;
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/stories/${id}`);
  const column = page.locator(`[data-post="${post.id}"]`);
  const edit = column.getByRole('button', { name: 'Edit', exact: true });
  await edit.click();
  await column.getByRole('textbox').fill('Mine: the lift of Lowmere runs.');
  const theirs = { parts: [{ text: 'Theirs: the lift of Lowmere is greased.' }] };
  await newsroom.api('PATCH', `/v1/posts/${post.id}`, theirs, post.version);
  await column.getByRole('textbox').press('End');
  await page.keyboard.type(' Again.');
  await page.keyboard.press('Escape');
  await column.getByText('Theirs: the lift of Lowmere is greased.').first().waitFor(WAIT);
  await edit.click();
  expect(await column.getByRole('textbox').inputValue()).toBe('Mine: the lift of Lowmere runs. Again.');
  await column.getByRole('textbox').press('Control+s');
  await page.getByRole('dialog').getByText('Theirs: the lift of Lowmere is greased.').waitFor(WAIT);
  expect((await postsOf(id)).find((one) => one.id === post.id)).toMatchObject(theirs);
}, 60_000);

test('the live chip says when the line is cut and when it is back, and what happened meanwhile is there', async () => {
  // A list that is empty takes everything at once.
  await story('Lowmere hangs a bell');
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/stories`);
  await page.locator('[data-live="live"]').waitFor();
  await page.getByRole('link', { name: 'Lowmere hangs a bell' }).waitFor(WAIT);
  await page.context().setOffline(true);
  await page.locator('[data-live="reconnecting"]').waitFor(WAIT);
  await story('Lowmere hears a new bell');
  await page.context().setOffline(false);
  await page.locator('[data-live="live"]').waitFor(WAIT);
  await page.getByRole('button', { name: '1 new. Press . to load' }).click();
  await page.getByRole('link', { name: 'Lowmere hears a new bell' }).waitFor(WAIT);
}, 60_000);

/** Of every post that can be approved: which, and where the button stands that says how. They come alive one by one. */
const LIVE_BUTTONS = `[...document.querySelectorAll('[data-post] button[aria-label="Choose when it goes out"]:enabled')].flatMap((button) => {
  const { x, y } = button.getBoundingClientRect();
  const isLive = getComputedStyle(button).pointerEvents !== 'none';
  return isLive ? [[button.closest('[data-post]').dataset.post, Math.round(x) + ' ' + Math.round(y)]] : [];
})`;

const last = ['slots', 'posts', 'articles', 'stories', 'networks', 'accounts'];

test.each([
  ['Story', (id: string) => `/stories/${id}`, 1280, last],
  ['Desk', () => '/desk', 1280, last],
  // What is known of a story comes after its posts, and takes more room than was left for it.
  ['Desk with badges in two rows', () => '/desk', 900, ['accounts', 'networks', 'slots', 'posts', 'articles']],
] as const)(
  'what arrives late on the %s moves no button away from the pointer',
  async (_, pathOf, width, late) => {
    const { id } = await story('Lowmere paints its bridge');
    await using editor = await signIn(browser, newsroom, { viewport: { width, height: 860 } });
    const { page } = editor;
    const places = await placesWhileLate(page, newsroom.address + pathOf(id), late, LIVE_BUTTONS);
    // The Desk may open the story of another test first.
    expect(places.size).toBeGreaterThan(1);
    for (const at of places.values()) expect(at).toHaveLength(1);
  },
  60_000,
);

/** `2027-03-28`: the next day on which the clock goes forward, a summer's length ahead at most. */
function skippingDay(): string {
  const year = new Date().getUTCFullYear();
  const sundays = [year, year + 1].map((one) => {
    const last = new Date(Date.UTC(one, 2, 31));
    last.setUTCDate(31 - last.getUTCDay());
    return last;
  });
  return (sundays.find((day) => day > new Date()) as Date).toISOString().slice(0, 10);
}

test('a time that the clock skips is refused with the two nearest', async () => {
  const date = skippingDay();
  const [year, day] = [date.slice(0, 4), Number(date.slice(8))];
  const ofYear = Number(year) === new Date().getFullYear() ? '' : ` ${year}`;
  const { id } = await story('Lowmere wakes an hour early');
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/stories/${id}`);
  await page.getByRole('button', { name: 'Choose when it goes out' }).first().click();
  await page.getByRole('menuitem', { name: 'Approve at a time…' }).click();
  await page.getByLabel(/^Time in Bucharest/).fill(`${date} 03:30`);
  await page.getByText(`The clock in Bucharest goes forward and never shows Sun ${day} Mar ${year} 03:30.`).waitFor();
  await page.getByRole('button', { name: `Sun ${day} Mar${ofYear} 02:59 (UTC+2)` }).waitFor();
  await page.getByRole('button', { name: `Sun ${day} Mar${ofYear} 04:00 (UTC+3)` }).waitFor();
  expect(await page.getByRole('button', { name: 'Set this time' }).isDisabled()).toBe(true);
}, 60_000);

test('a session that ends covers the page and keeps what was typed', async () => {
  const { id, posts } = await story('Lowmere lends its ladders');
  const post = posts.find((one) => one.network === 'sandbox') as Post;
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/stories/${id}`);
  const column = page.locator(`[data-post="${post.id}"]`);
  await column.getByRole('button', { name: 'Edit' }).click();
  await column.getByRole('textbox').fill('Ladders for all of Lowmere.');
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await column.getByRole('textbox').press('Control+s');
  await page.getByText('You are signed out').waitFor(WAIT);
  await page.context().addCookies(cookies);
  await page.getByRole('button', { name: 'I have signed in: go on' }).click();
  await page.getByText('You are signed out').waitFor({ state: 'hidden', ...WAIT });
  expect(await column.getByRole('textbox').inputValue()).toBe('Ladders for all of Lowmere.');
}, 60_000);
