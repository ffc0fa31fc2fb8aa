import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageOf, startPaper, story as paragraphs } from '../line/newsroom.ts';
import type { Paper } from '../line/newsroom.ts';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';
import { until, writePosts } from './seed.ts';

interface Post {
  readonly id: string;
  readonly state: string;
  readonly removedAt: string | null;
  readonly parts: readonly { readonly text: string }[];
}
interface Source {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly polls: number;
  readonly version: number;
  readonly settings: { readonly section: string | null; readonly rules: { readonly exclude: readonly string[] } };
}

let newsroom: Newsroom;
let browser: Awaited<ReturnType<typeof launchBrowser>>;
let paper: Paper;
const WAIT = { timeout: 25_000 };

beforeAll(async () => {
  [newsroom, browser, paper] = await Promise.all([
    startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }),
    launchBrowser(),
    startPaper(),
  ]);
}, 180_000);

afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await newsroom?.[Symbol.asyncDispose]();
  await paper?.[Symbol.asyncDispose]();
});

/** An item of the feed, with the page it leads to. */
function item(name: string): Paper['items'][number] {
  const path = `/${name.toLowerCase().replaceAll(' ', '-')}`;
  paper.pages.set(path, pageOf(name, paragraphs(name)));
  return {
    guid: path,
    link: paper.url + path,
    title: name,
    teaser: `What is told of it.`,
    date: new Date().toUTCString(),
  };
}

async function sources(): Promise<Source[]> {
  return (await newsroom.api<{ data: Source[] }>('GET', '/v1/sources')).data;
}

async function sent(): Promise<Post[]> {
  return (await newsroom.api<{ data: Post[] }>('GET', '/v1/posts?state=published')).data;
}

test('Intake begins with three ways, takes a feed after a look at it, and says why an item became nothing', async () => {
  paper.items = ['Quarry Lane', 'Horoscope of the week', 'Mill Green', 'Elm Court', 'Tower Hill', 'Dock Row'].map(item);
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/intake`);
  await page.getByRole('button', { name: /^Try the sample newsroom/ }).waitFor(WAIT);
  await page.getByRole('button', { name: /^Paste a link/ }).click();
  expect(await page.getByLabel('Paste a link or the text of an article').evaluate('document.activeElement.id')).toBe(
    'paste',
  );
  await page.keyboard.type('just words');
  await page.getByRole('button', { name: 'Write the posts' }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'A post could say nothing of this text' });
  await refusal.waitFor(WAIT);
  expect(await refusal.getByRole('listitem').count()).toBe(0);
  await page
    .getByRole('button', { name: /^Add a feed/ })
    .last()
    .click();
  const form = page.getByRole('dialog', { name: 'Add a source' });
  await form.getByLabel('None of these words').fill('horoscope');
  await form.getByLabel('Address').fill(`${paper.url}/nowhere`);
  await page.keyboard.press('Enter');
  const anyway = form.getByRole('button', { name: 'Add anyway' });
  await anyway.waitFor(WAIT);
  // It stands below the fields, and comes into sight.
  await until(async () => {
    const box = await anyway.boundingBox();
    return box !== null && box.y + box.height <= (page.viewportSize()?.height ?? 0);
  });
  await form.getByRole('alert').getByText(/404/).first().waitFor(WAIT);
  await form.getByLabel('Address').fill(`${paper.url}/feed.xml`);
  await page.keyboard.press('Enter');
  const look = form.getByRole('region', { name: 'What it has now' });
  await look.getByText('6 items').waitFor(WAIT);
  expect(await look.getByRole('listitem').count()).toBe(5);
  expect(await look.getByText('fits', { exact: true }).count()).toBe(4);
  expect(await sources()).toEqual([]);
  await form.getByRole('button', { name: 'Add this source' }).waitFor(WAIT);
  await form.getByLabel('Address').press('Enter');
  await form.waitFor({ state: 'hidden', ...WAIT });
  await until(async () => (await sources())[0]?.polls === 1);

  paper.items.unshift(item('Heron Wharf'), item('Horoscope for the harbour'));
  const card = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Tarn Valley Post' }) });
  await page.locator('[data-source]').waitFor(WAIT);
  await page.keyboard.press('j');
  await page.locator('[data-source] h3 button').and(page.locator(':focus')).waitFor(WAIT);
  await page.keyboard.press('r');
  await until(async () => ((await sources())[0]?.polls ?? 0) > 1);
  await page.keyboard.press('Enter');
  const log = card.getByRole('region', { name: 'Decisions' });
  await log.getByRole('listitem').filter({ hasText: 'Heron Wharf' }).getByText('Taken in').waitFor(WAIT);
  await log.getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'Filtered' }).click();
  await log.getByText('Heron Wharf').waitFor({ state: 'hidden', ...WAIT });
  await log.getByText('Horoscope for the harbour').waitFor(WAIT);
  await log.getByRole('button', { name: 'Take it in' }).first().click();
  await page.getByText('Taken in. Its posts are being written.').last().waitFor(WAIT);
  await card.getByRole('button', { name: 'As a table' }).click();
  await card.getByRole('columnheader', { name: 'Day (UTC)' }).waitFor();
  // What is refused, the browser logs itself.
  expect(editor.complaints.filter((line) => !line.includes('(Bad Request)'))).toEqual([]);
}, 120_000);

test('rules are tried on what came, two editors of one source do not overwrite each other, and a source pauses', async () => {
  const before = (await sources())[0] as Source;
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/intake`);
  await page.locator(`[data-source="${before.id}"]`).waitFor(WAIT);
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  const form = page.getByRole('dialog', { name: 'Edit Tarn Valley Post' });
  await form.getByLabel('None of these words').fill('horoscope, wharf');
  await form.getByText('Would have matched 5 of the last 8').waitFor(WAIT);
  await newsroom.api('PATCH', `/v1/sources/${before.id}`, { settings: { section: 'Local' } }, before.version);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Somebody changed this source meanwhile.').waitFor(WAIT);
  await form.getByRole('button', { name: 'Take theirs' }).click();
  expect(await form.getByLabel('Section', { exact: true }).inputValue()).toBe('Local');
  await form.getByLabel('None of these words').fill('horoscope, wharf');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'hidden', ...WAIT });
  expect((await sources())[0]?.settings).toMatchObject({
    section: 'Local',
    rules: { exclude: ['horoscope', 'wharf'] },
  });

  await page.keyboard.press('p');
  await page.getByText('Tarn Valley Post is paused.').last().waitFor(WAIT);
  expect((await sources())[0]?.state).toBe('paused');
  await page.keyboard.press('Control+z');
  await until(async () => (await sources())[0]?.state === 'active');
  await page.keyboard.press('n');
  const paste = page.getByLabel('Paste a link or the text of an article');
  // The key leads there; the next one is text.
  await paste.and(page.locator(':focus')).waitFor(WAIT);
  await page.keyboard.type('n');
  expect(await paste.inputValue()).toBe('n');
  // The conflict, and nothing else.
  expect(editor.complaints).toEqual([expect.stringContaining('412')]);
}, 90_000);

test('a list of feeds comes in and goes out as OPML, and an article comes as a file', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/intake`);
  const opml = `<opml version="2.0"><body><outline text="Weir" xmlUrl="${paper.url}/feed-2.xml"/><outline text="Odd" xmlUrl="ftp://weir.example/feed"/></body></opml>`;
  const choose = async (button: string, name: string, text: string): Promise<void> => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: button }).click(),
    ]);
    await chooser.setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  };
  await choose('Import OPML…', 'feeds.opml', opml);
  await page.getByText('1 added, 0 known before.').last().waitFor(WAIT);
  await page.getByRole('region', { name: '1 feed was not added' }).getByText('Odd').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export OPML' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('sources.opml');
  await choose(
    'Take a file…',
    'weir.txt',
    `The weir opens again\n\n${'The weir of Lowmere opens again on Friday. '.repeat(20)}`,
  );
  await page.getByRole('heading', { name: 'The weir opens again', level: 1 }).waitFor(WAIT);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('the Outbox finds what went out, duplicates it, and one button corrects what its story does not say any more', async () => {
  const given = {
    title: 'Lowmere lights its pier',
    url: 'https://news.example/pier',
    text: 'The pier of Lowmere is lit again by 400 lamps, the council said on Friday.\nThe lamps cost 12,000 crowns. They burn until two in the morning.\nThe old ones went out in the storm of January.',
  };
  const article = await writePosts(newsroom, given);
  const { data } = await newsroom.api<{ data: Post[] }>('GET', `/v1/posts?article=${article}`);
  const post = data[0] as Post;
  await newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule: 'now' });
  await until(async () => (await sent()).some((one) => one.id === post.id));

  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  await page.goto(`${newsroom.address}/outbox`);
  const row = page.locator(`[data-sent="${post.id}"]`);
  await row.waitFor(WAIT);
  await page.keyboard.press('/');
  await page.keyboard.type('zeppelin');
  await page.getByText('Nothing that went out fits').waitFor(WAIT);
  await page.getByRole('searchbox').fill('pier');
  await row.waitFor(WAIT);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^posts-.*\.csv$/);
  await page.getByText('Stories', { exact: true }).last().click();
  await page.getByRole('rowheader', { name: /^Lowmere lights its pier/ }).waitFor(WAIT);
  await row.click();
  await page.getByText('The text that went out is the text that was approved.').waitFor(WAIT);
  await row.press('y');
  await page.getByText('Duplicated: it is a draft now.').last().waitFor(WAIT);
  const drafts = await newsroom.api<{ data: Post[] }>('GET', '/v1/posts?state=draft');
  expect(drafts.data.map(({ parts }) => parts)).toContainEqual(post.parts);

  await writePosts(newsroom, { ...given, text: given.text.replaceAll('400', '600') });
  const correction = page.getByRole('region', { name: 'Corrections' });
  await correction.getByRole('heading', { name: 'Lowmere lights its pier' }).waitFor(WAIT);
  await correction.locator('ins', { hasText: '600' }).first().waitFor(WAIT);
  await correction.getByRole('button', { name: 'Correct 1 post' }).click();
  // It is taken down and posted anew, because its network changes no card.
  const question = page.getByRole('dialog', { name: 'Take down 1 post?' });
  await question.getByRole('button', { name: 'Correct 1 post' }).click();
  await correction.waitFor({ state: 'hidden', ...WAIT });
  // What takes the place of another is written with the correction and sent after it.
  await until(async () =>
    (await sent()).some((one) => one.removedAt === null && one.parts[0]?.text.includes('600') === true),
  );
  expect(editor.complaints).toEqual([]);
}, 120_000);

test('a post is corrected alone, removed, and stays in the Outbox as no longer there', async () => {
  await using editor = await signIn(browser, newsroom);
  const { page } = editor;
  const post = (await sent()).find((one) => one.removedAt === null) as Post;
  await page.goto(`${newsroom.address}/outbox`);
  await page.locator(`[data-sent="${post.id}"]`).click();
  await page.keyboard.press('c');
  await page.getByLabel('The text as it should read').fill('The pier of Lowmere is lit by 601 lamps.');
  await page.getByRole('dialog').getByRole('button', { name: 'Correct on the network…' }).click();
  await page.getByText('Corrected on the network.').last().waitFor(WAIT);
  await page.getByRole('button', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove from the network…' }).click();
  await page.getByText('no longer there').first().waitFor(WAIT);
  await until(async () => (await sent()).some((one) => one.id === post.id && one.removedAt !== null));

  await page.context().setOffline(true);
  await page.locator('[data-live="stale"]').waitFor({ timeout: 40_000 });
  await page.getByText(/^This is the last known picture, of /).waitFor(WAIT);
  await page.context().setOffline(false);
  await page.locator('[data-live="live"]').waitFor(WAIT);
}, 120_000);
