import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fake } from '../fakes/fake.ts';
import { mastodonToken, startMastodon } from '../fakes/mastodon.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
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
  /** Articles by language, in the order they were handed in. */
  readonly articles: ReadonlyMap<string, string>;
}

/** Languages of the articles of our own writing that the seeded newsroom works on. */
const given = ['en', 'de', 'fr', 'es', 'ar', 'it'] as const;

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
      urgency: lang === 'en' ? 'breaking' : lang === 'ar' ? 'evergreen' : 'normal',
    });
    articles.set(lang, id);
  }
  const postsOf = async (lang: string): Promise<SeededPost[]> =>
    (await newsroom.api<{ data: SeededPost[] }>('GET', `/v1/posts?article=${articles.get(lang) ?? ''}`)).data;
  const approve = (post: SeededPost, schedule: unknown): Promise<unknown> =>
    newsroom.api('POST', `/v1/posts/${post.id}/approve`, { schedule });
  const inMinutes = (minutes: number): { at: string } => ({
    at: new Date(Date.now() + minutes * 60_000).toISOString(),
  });

  for (const post of await postsOf('de')) await approve(post, 'now');
  for (const [index, post] of (await postsOf('fr')).entries()) await approve(post, inMinutes(18 + 25 * index));
  for (const [index, post] of (await postsOf('it')).entries()) await approve(post, inMinutes(95 + 70 * index));
  await social.setMode({ name: '422' });
  await receiver.setMode({ name: '401' });
  for (const post of await postsOf('es')) await approve(post, 'now');
  await until(async () => (await postsOf('es')).every((post) => post.state === 'published' || post.state === 'failed'));
  await until(async () => (await postsOf('de')).every((post) => post.state === 'published'));
  return {
    social,
    receiver,
    articles,
    async [Symbol.asyncDispose]() {
      await social[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

/** Asks until it is so. @throws Error after 30 s. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(200)) if (await isSo()) return;
  throw new Error('It did not come to that within 30 s.');
}

/** Hands in an article and waits until a post for each account is there. @returns its id. */
export async function writePosts(newsroom: Newsroom, article: Record<string, unknown>): Promise<string> {
  const { id } = await newsroom.api<{ id: string }>('POST', '/v1/articles', article);
  await until(async () => {
    const { steps } = await newsroom.api<{ steps: { name: string }[] }>('GET', `/v1/articles/${id}`);
    return steps.some((step) => step.name === 'compose');
  });
  return id;
}
