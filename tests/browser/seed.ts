import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fake } from '../fakes/fake.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import { startPaper } from '../line/newsroom.ts';
import type { Paper } from '../line/newsroom.ts';
import type { Newsroom } from './newsroom.ts';

interface SeededPost {
  readonly id: string;
  readonly accountId: string;
  readonly network: string;
  readonly state: string;
}

export interface Seeded extends AsyncDisposable {
  readonly social: Fake;
  readonly receiver: Fake;
  /** Articles by language, in the order they were handed in: where one was written again, the later one. */
  readonly articles: ReadonlyMap<string, string>;
}

/** Languages of the articles of our own writing that the seeded newsroom works on. */
const given = ['en', 'de', 'fr', 'es', 'ar', 'it'] as const;

/** Where those stand that are written again later. */
const addresses: Readonly<Record<string, string>> = {
  en: 'https://news.example/port-terminal',
  de: 'https://news.example/radbruecke',
};

/** Connects a second and a third account, on loopback fakes. The newsroom must allow 127.0.0.0/8. */
export async function connectFakes(newsroom: Newsroom): Promise<{ social: Fake; receiver: Fake }> {
  const [social, receiver] = await Promise.all([startMastodon(), startWebhook()]);
  await newsroom.api('POST', '/v1/accounts', {
    network: 'mastodon',
    name: '@desk@social.example',
    credentials: { server: social.url, accessToken: mastodonToken },
  });
  await newsroom.api('POST', '/v1/accounts', {
    network: 'webhook',
    name: 'Front page',
    credentials: { url: receiver.url, secret: webhookSecret },
  });
  return { social, receiver };
}

/** A newsroom in the middle of its day: posts that went out, wait, are due, failed. */
export async function seed(newsroom: Newsroom): Promise<Seeded> {
  const { social, receiver } = await connectFakes(newsroom);
  await setRules(newsroom);
  const articles = new Map<string, string>();
  for (const lang of given) {
    const [title = '', section = '', tags = '', ...body] = (
      await readFile(new URL(`../fixtures/articles/${lang}.txt`, import.meta.url), 'utf8')
    ).split('\n');
    const id = await writePosts(newsroom, {
      title,
      section,
      tags: tags.split(',').map((tag) => tag.trim()),
      text: body.join('\n').trim(),
      ...(addresses[lang] === undefined ? {} : { url: addresses[lang] }),
      urgency: lang === 'en' ? 'breaking' : lang === 'ar' ? 'evergreen' : 'normal',
    });
    articles.set(lang, id);
  }
  const postsOf = async (lang: string): Promise<SeededPost[]> =>
    (await newsroom.api<{ data: SeededPost[] }>('GET', `/v1/posts?article=${articles.get(lang) ?? ''}`)).data;
  const approve = (post: SeededPost, schedule?: unknown): Promise<unknown> =>
    newsroom.api('POST', `/v1/posts/${post.id}/approve`, schedule === undefined ? {} : { schedule });
  const inMinutes = (minutes: number): { at: string } => ({
    at: new Date(Date.now() + minutes * 60_000).toISOString(),
  });

  await resolveOne(newsroom, social, await postsOf('de'), approve);
  for (const [index, post] of (await postsOf('fr')).entries()) await approve(post, inMinutes(18 + 25 * index));
  for (const [index, post] of (await postsOf('it')).entries()) {
    await approve(post, index === 2 ? undefined : inMinutes(95 + 70 * index));
  }
  articles.set('en', await talk(newsroom, articles.get('en') ?? ''));
  await social.setMode({ name: '422' });
  await receiver.setMode({ name: '401' });
  for (const post of await postsOf('es')) await approve(post, 'now');
  await until(async () => (await postsOf('es')).every((post) => post.state === 'published' || post.state === 'failed'));
  await until(async () => (await postsOf('de')).every((post) => post.state === 'published'));
  await correctLater(newsroom, articles.get('de') ?? '');
  const paper = await feed(newsroom);
  return {
    social,
    receiver,
    articles,
    async [Symbol.asyncDispose]() {
      await social[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
      await paper[Symbol.asyncDispose]();
    },
  };
}

/** All of these posts go out; the one on the social network fails at first, and goes out once it is tried again. */
async function resolveOne(
  newsroom: Newsroom,
  social: Fake,
  posts: readonly SeededPost[],
  approve: (post: SeededPost, schedule: unknown) => Promise<unknown>,
): Promise<void> {
  const failing = posts.find(({ network }) => network === 'mastodon');
  if (failing === undefined) throw new Error('The seed has no post on the social network.');
  const stateOf = async (): Promise<string> => (await newsroom.api<SeededPost>('GET', `/v1/posts/${failing.id}`)).state;
  await social.setMode({ name: '422' });
  for (const post of posts) await approve(post, 'now');
  await until(async () => (await stateOf()) === 'failed');
  await social.setMode({ name: 'ok' });
  await newsroom.api('POST', `/v1/posts/${failing.id}/retry`);
  await until(async () => (await stateOf()) === 'published');
}

/** Slots, quiet hours and a gap for the front page; a word that the house wants looked at. */
async function setRules(newsroom: Newsroom): Promise<void> {
  const { data } = await newsroom.api<{ data: { id: string; name: string; version: number }[] }>('GET', '/v1/accounts');
  const page = data.find((account) => account.name === 'Front page');
  const hours = [7, 9, 11, 13, 15, 17, 19, 21];
  const settings = {
    slots: hours.map((hour) => ({ time: `${String(hour).padStart(2, '0')}:30` })),
    quietHours: [{ from: '23:00', to: '06:00' }],
    minGapMs: 600_000,
    hourlyCap: 4,
  };
  await newsroom.api('PATCH', `/v1/accounts/${page?.id ?? ''}`, { settings }, page?.version);
  const rules = { hashtags: { sensitive: ['Harbour Board'] } };
  await newsroom.api('PUT', '/v1/house-rules', rules, 0);
}

/** Colleagues speak of an article, and it is written again. @returns the article as it is now. */
async function talk(newsroom: Newsroom, article: string): Promise<string> {
  const { storyId, text, title } = await newsroom.api<{ storyId: string; text: string; title: string }>(
    'GET',
    `/v1/articles/${article}`,
  );
  for (const said of ['Is 2029 confirmed by the board?', 'Yes, in the minutes of Tuesday.']) {
    await newsroom.api('POST', `/v1/stories/${storyId}/comments`, { text: said });
  }
  return writePosts(newsroom, {
    title: title.replace('2029', '2030'),
    url: addresses['en'],
    text: text.replace('2029', '2030'),
    urgency: 'breaking',
  });
}

/** An article says something else after its posts are out. */
async function correctLater(newsroom: Newsroom, article: string): Promise<void> {
  const { text, title } = await newsroom.api<{ text: string; title: string }>('GET', `/v1/articles/${article}`);
  const other = text.replace(/\d+/, (figure) => String(Number(figure) + 1));
  await writePosts(newsroom, { title: `${title} (berichtigt)`, url: addresses['de'], text: other });
  await until(async () => (await newsroom.api<{ data: unknown[] }>('GET', '/v1/corrections')).data.length > 0);
}

/** A feed that has brought something, left something out, and one that nobody finds any more. */
async function feed(newsroom: Newsroom): Promise<Paper> {
  const paper = await startPaper();
  const item = (name: string, teaser: string): Paper['items'][number] => ({
    guid: name,
    link: `https://harbour-sheet.example/${name.toLowerCase().replaceAll(' ', '-')}`,
    title: name,
    teaser,
    content: `<p>${teaser}</p>`,
    date: new Date().toUTCString(),
  });
  paper.items = [
    item('Crane four stands still', 'Crane four of the harbour has stood still since Sunday.'),
    item('Gulls get a roof of their own', 'The council gives the gulls of the fish hall a roof.'),
  ];
  const add = (name: string, path: string): Promise<{ id: string }> =>
    newsroom.api('POST', '/v1/sources', {
      kind: 'feed',
      name,
      url: paper.url + path,
      settings: { text: 'feed', rules: { exclude: ['horoscope'] } },
    });
  const { id } = await add('The Harbour Sheet', '/feed.xml');
  const polls = async (): Promise<number> => (await newsroom.api<{ polls: number }>('GET', `/v1/sources/${id}`)).polls;
  await until(async () => (await polls()) === 1);
  paper.items.unshift(
    item('Horoscope for sailors', 'Calm seas for Pisces.'),
    item(
      'Night ferry sails twice',
      'The night ferry to Ostrow sails twice from 3 May, the harbour office said on Tuesday. It carries 140 passengers and takes 35 minutes. The second boat leaves at half past one.',
    ),
  );
  await newsroom.api('POST', `/v1/sources/${id}/poll`);
  await until(async () => (await polls()) > 1);
  await add('Quay and Rail', '/gone.xml');
  await until(async () =>
    (await newsroom.api<{ data: { failures: number }[] }>('GET', '/v1/sources')).data.some(
      ({ failures }) => failures > 0,
    ),
  );
  return paper;
}

/** Asks until it is so. @throws Error after 30 s. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(200)) if (await isSo()) return;
  throw new Error('It did not come to that within 30 s.');
}

interface Step {
  readonly name: string;
  readonly state: string;
}

/** Hands in an article and waits until a post for each account is there; a step that fails is tried again. @returns its id. */
export async function writePosts(newsroom: Newsroom, article: Record<string, unknown>): Promise<string> {
  const { id } = await newsroom.api<{ id: string }>('POST', '/v1/articles', article);
  await until(async () => {
    const { steps } = await newsroom.api<{ steps: Step[] }>('GET', `/v1/articles/${id}`);
    return steps.some((step) => step.name === 'compose' && step.state === 'done');
  });
  return id;
}
