import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PostDetail, PostView } from '../../src/api/schemas/post.ts';
import { accountSettings, insertAccount } from '../../src/store/account.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

let here: Installation;
let headers: Record<string, string>;
/** An account whose network takes images, and describes them. */
let described: string;
/** One whose network takes none that is 20 times as long as it is high. */
let picky: string;
beforeAll(async () => {
  here = await openInstallation();
  headers = await here.key();
  [described = '', picky = ''] = await Promise.all(['mastodon', 'telegram'].map(account));
});
afterAll(() => here.close());

async function account(network: string): Promise<string> {
  const { database, io } = here.context;
  const nobody = { remoteId: null, url: null, credentials: 'none', expiresAt: null, limits: null, powers: null };
  const row = { ...nobody, id: io.id('account'), network, name: network, settings: accountSettings.parse({}) };
  return (await insertAccount(database, row, 'test')).id;
}

async function image(width: number, height: number): Promise<string> {
  const payload = await sharp({ create: { width, height, channels: 3, background: '#369' } })
    .png()
    .toBuffer();
  const url = '/v1/media?alt=A%20blue%20harbour';
  const answer = await here.app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'image/png' },
    payload,
  });
  return answer.json<{ id: string }>().id;
}

const ask = (method: 'POST' | 'PATCH', url: string, payload: object, more: Record<string, string> = {}) =>
  here.app.inject({ method, url, headers: { ...headers, ...more }, payload });
const altsOf = ({ parts }: Pick<PostView, 'parts'>): string[] =>
  parts.flatMap(({ media }) => media.map(({ alt }) => alt));

it('an image is described as it is where it is kept, unless the post says something else of it, or nothing', async () => {
  const source = await image(300, 200);
  const media = [{ source }, { source, alt: 'The pier' }, { source, alt: '' }];
  const answer = await ask('POST', '/v1/posts', { accountIds: [described], parts: [{ text: 'It opens.', media }] });
  const post = answer.json<{ data: [PostView] }>().data[0];
  expect(altsOf(post)).toEqual(['A blue harbour', 'The pier', '']);
  const change = { parts: [{ text: 'It is open.', media: [{ source }] }] };
  const edited = await ask('PATCH', `/v1/posts/${post.id}`, change, { 'if-match': `"${post.version}"` });
  expect(altsOf(edited.json<PostView>())).toEqual(['A blue harbour']);
  const row = { accountIds: [described], parts: [{ text: 'It has opened.', media: [{ source }] }], schedule: 'review' };
  const imported = (await ask('POST', '/v1/post-imports', { rows: [row] })).json<{ rows: [{ postIds: [string] }] }>();
  const url = `/v1/posts/${imported.rows[0].postIds[0]}`;
  expect(altsOf((await here.app.inject({ url, headers })).json<PostDetail>())).toEqual(['A blue harbour']);
});

it('an image whose shape the network refuses is refused while the post is written', async () => {
  const [wide, right] = [await image(2100, 100), await image(2000, 100)];
  const post = (source: string) =>
    ask('POST', '/v1/posts', { accountIds: [described, picky], parts: [{ text: 'It opens.', media: [{ source }] }] });
  const refused = problemOf(await post(wide));
  expect(refused.errors).toEqual([
    {
      pointer: '/parts/0/media/0/source',
      code: 'image-too-long',
      message: 'Image 1 is 2100 × 100; on Telegram one side may be 20 times the other: crop it.',
    },
  ]);
  const made = (await post(right)).json<{ data: [PostView, PostView] }>().data;
  const change = { parts: [{ text: 'It opens.', media: [{ source: wide }] }] };
  const onPicky = made.find(({ accountId }) => accountId === picky);
  const edited = await ask('PATCH', `/v1/posts/${onPicky?.id}`, change, { 'if-match': `"${onPicky?.version}"` });
  expect(problemOf(edited).detail).toContain('2100 × 100');
});
