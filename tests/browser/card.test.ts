import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blueskyLogin, startBluesky } from '../fakes/bluesky.ts';
import type { FakeBluesky } from '../fakes/bluesky.ts';
import { at, postNow, postsOf, share, story, WAIT } from './shared.ts';
import { writePosts } from './seed.ts';
import type { Post } from './shared.ts';

/** The link card of a post: what the network takes from us, and what it makes itself. */

const house = share();
let bluesky: FakeBluesky;
beforeAll(async () => {
  bluesky = await startBluesky();
  const credentials = { service: bluesky.url, ...blueskyLogin };
  await house.newsroom.api('POST', '/v1/accounts', { network: 'bluesky', name: '@desk.test', credentials });
});
afterAll(() => bluesky?.[Symbol.asyncDispose]());

interface Carded extends Post {
  readonly parts: readonly {
    readonly text: string;
    readonly card: { title: string; description: string; image: { url: string; alt: string; focus?: object } | null };
  }[];
}

/** Three times as wide as high. */
const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 900, height: 300, channels: 3, background: '#c33' } })
    .png()
    .toBuffer();

test('an editor gives a card its title, description and picture, says what stays where it is cut, and it is sent so', async () => {
  const { newsroom } = house;
  const { posts } = await story(house, 'Lowmere opens its bridge');
  const account = posts.find(({ network }) => network === 'bluesky')?.accountId ?? '';
  const made = await newsroom.api<{ data: [Post] }>('POST', '/v1/posts', {
    accountIds: [account],
    text: 'The bridge of Lowmere is open.',
    link: 'https://herald.example/bridge',
    schedule: 'review',
    storyId: ((await postNow(newsroom, posts[0]?.id ?? '')) as unknown as { storyId: string }).storyId,
  });
  const { id } = made.data[0];
  await using editor = await at(house, `/stories/${(posts[0] as unknown as { articleId: string }).articleId}`);
  const { page } = editor;
  const column = page.locator(`[data-post="${id}"]`);
  await column.getByRole('button', { name: 'Edit', exact: true }).click();
  const card = column.getByRole('group', { name: 'Link card' });
  await card.getByText('https://herald.example/bridge').waitFor(WAIT);
  const title = card.getByRole('textbox', { name: 'Title of the card' });
  await title.fill('');
  await card.getByText('A card without a title is not clicked').waitFor(WAIT);
  expect(await column.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  await title.fill('The bridge is open');
  await card.getByRole('textbox', { name: 'Description of the card' }).fill('After nine years.');
  await card
    .locator('input[type=file]')
    .setInputFiles({ name: 'bridge.png', mimeType: 'image/png', buffer: await picture() });
  await card.getByText('Describe it for those who cannot see it.').waitFor(WAIT);
  await card.getByRole('textbox', { name: 'What the picture shows' }).fill('The bridge');
  await card.getByRole('switch', { name: 'Choose what stays where it is cut' }).click();
  const slider = card.getByRole('slider', { name: 'What stays: left to right' });
  await slider.focus();
  await page.keyboard.press('End');
  await column.getByRole('button', { name: 'Save', exact: true }).click();
  await column.getByText('The bridge is open').waitFor(WAIT);
  const saved = (await postNow(newsroom, id)) as Carded;
  expect(saved.parts[0]?.card).toMatchObject({
    title: 'The bridge is open',
    description: 'After nine years.',
    image: { url: expect.stringMatching(/^media_/), alt: 'The bridge', focus: { x: 1, y: 0.5 } },
  });

  await newsroom.api('POST', `/v1/posts/${id}/approve`, { schedule: { now: true } });
  await column.getByText('Published').waitFor(WAIT);
  const record = [...bluesky.records.values()].find(({ text }) => text === 'The bridge of Lowmere is open.');
  expect(record?.embed?.external).toMatchObject({ title: 'The bridge is open', description: 'After nine years.' });
  expect(record?.embed?.external?.thumb?.size).toBeGreaterThan(0);
  expect(editor.complaints).toEqual([]);
}, 90_000);

test('where the network makes the card itself, the editor says so', async () => {
  const { newsroom } = house;
  const { posts } = await story(house, 'Lowmere closes its ford');
  const first = posts[0] as unknown as { articleId: string; storyId: string };
  const account = posts.find(({ network }) => network === 'mastodon')?.accountId ?? '';
  const made = await newsroom.api<{ data: [Post] }>('POST', '/v1/posts', {
    accountIds: [account],
    text: 'The ford of Lowmere is closed.',
    link: 'https://herald.example/ford',
    schedule: 'review',
    storyId: first.storyId,
  });
  await using editor = await at(house, `/stories/${first.articleId}`);
  const column = editor.page.locator(`[data-post="${made.data[0].id}"]`);
  await column.getByRole('button', { name: 'Edit', exact: true }).click();
  await column.getByText('Mastodon makes the link card itself, from the page').waitFor(WAIT);
  expect(await column.getByRole('group', { name: 'Link card' }).count()).toBe(0);
}, 60_000);

test('a network that is told where a card’s picture is gets an address, and no file is asked for', async () => {
  const { newsroom } = house;
  const id = await writePosts(newsroom, {
    title: 'Lowmere mends its weir',
    url: 'https://herald.example/weir',
    text: 'Lowmere mends its weir, the council said on Friday.\nThe work costs 41,000 crowns and begins on Monday. Volunteers may help.',
  });
  const post = (await postsOf(newsroom, id)).find(({ network }) => network === 'webhook');
  await using editor = await at(house, `/stories/${id}`);
  const column = editor.page.locator(`[data-post="${post?.id}"]`);
  await column.getByRole('button', { name: 'Edit', exact: true }).click();
  const card = column.getByRole('group', { name: 'Link card' });
  await card.getByRole('textbox', { name: 'Address of its picture' }).fill('https://herald.example/weir.jpg');
  expect(await card.getByRole('button', { name: 'Add a picture' }).count()).toBe(0);
  await card.getByRole('textbox', { name: 'What the picture shows' }).fill('The weir');
  await column.getByRole('button', { name: 'Save', exact: true }).click();
  await column.getByText('The weir').first().waitFor(WAIT);
  expect(((await postNow(newsroom, post?.id ?? '')) as Carded).parts[0]?.card?.image).toEqual({
    url: 'https://herald.example/weir.jpg',
    alt: 'The weir',
  });
}, 60_000);
