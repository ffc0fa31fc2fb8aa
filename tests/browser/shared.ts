import { afterAll, beforeAll } from 'vitest';
import type { Fake } from '../fakes/fake.ts';
import { freshDataFolder } from '../servers/data-folder.ts';
import { launchBrowser } from './browser.ts';
import { signIn } from './desk.ts';
import type { Editor } from './desk.ts';
import type { Newsroom } from './newsroom.ts';
import { startNewsroom } from './newsroom.ts';
import type { Seeded } from './seed.ts';
import { connectFakes, seed, writePosts } from './seed.ts';

export interface Post {
  readonly id: string;
  readonly network: string;
  readonly accountId: string;
  readonly articleId: string | null;
  readonly state: string;
  readonly version: number;
  readonly dueAt: string | null;
  readonly wakeAt: string | null;
  readonly url: string | null;
  readonly latenessMs: number | null;
  readonly parts: readonly { readonly text: string }[];
}

/** What the tests of one file share: a newsroom, a browser, and accounts on the sandbox and on two loopback fakes. */
export interface Shared {
  readonly newsroom: Newsroom;
  readonly browser: Awaited<ReturnType<typeof launchBrowser>>;
  readonly social: Fake;
  readonly receiver: Fake;
}

export const WAIT = { timeout: 25_000 };

/** Starts it before the tests of the file that calls this, and ends it after them. */
export function share(): Shared {
  return begin(async (newsroom) => {
    const { social, receiver } = await connectFakes(newsroom);
    return {
      social,
      receiver,
      async [Symbol.asyncDispose]() {
        await social[Symbol.asyncDispose]();
        await receiver[Symbol.asyncDispose]();
      },
    };
  });
}

/** The same in the middle of a day: articles, posts in every state, sources. */
export function shareSeeded(): Shared & Pick<Seeded, 'articles'> {
  return begin(seed);
}

type House = Pick<Shared, 'newsroom' | 'browser'>;

function begin<Rest extends AsyncDisposable>(fill: (newsroom: Newsroom) => Promise<Rest>): House & Rest {
  const shared: Partial<House & Rest> = {};
  beforeAll(async () => {
    const browser = await launchBrowser();
    const newsroom = await startNewsroom({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' }, await freshDataFolder());
    Object.assign(shared, { newsroom, browser });
    Object.assign(shared, await fill(newsroom));
  }, 180_000);
  afterAll(async () => {
    await shared.browser?.[Symbol.asyncDispose]();
    await shared.newsroom?.[Symbol.asyncDispose]();
    await shared[Symbol.asyncDispose]?.();
  });
  return shared as House & Rest;
}

/** A story of that title, with a post for each account, whose text begins with the title. */
export async function story({ newsroom }: Shared, title: string): Promise<{ id: string; posts: Post[] }> {
  const text = `${title}, the council said on Friday.\nThe work costs 41,000 crowns and begins on Monday. Volunteers may help.\nLowmere has 2,900 people, and had a railway until 1968.`;
  const id = await writePosts(newsroom, { title, text });
  return { id, posts: await postsOf(newsroom, id) };
}

export async function postsOf(newsroom: Newsroom, article: string): Promise<Post[]> {
  return (await newsroom.api<{ data: Post[] }>('GET', `/v1/posts?article=${article}`)).data;
}

export function postNow(newsroom: Newsroom, id: string): Promise<Post> {
  return newsroom.api<Post>('GET', `/v1/posts/${id}`);
}

/** An editor who looks at one screen. */
export async function at({ browser, newsroom }: Shared, path: string): Promise<Editor> {
  const editor = await signIn(browser, newsroom);
  await editor.page.goto(newsroom.address + path);
  await editor.page.locator('main h1').waitFor();
  return editor;
}
