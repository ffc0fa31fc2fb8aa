import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import type { ReadyPost } from '../../src/pipeline/check-posts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import type { Tools } from '../../src/pipeline/tools.ts';
import type { AccountRow, AccountSettings } from '../../src/store/account.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { insertStory } from '../../src/store/story-likeness.ts';
import { startWorkers } from '../../workers/run.ts';
import type { Fake } from '../fakes/fake.ts';
import { startWebhook, webhookSecret } from '../fakes/webhook.ts';
import { startX, xKeys } from '../fakes/x.ts';
import { installAnywhere } from './install-anywhere.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';

/** What a person decides while a post is on its way: claimed, and not out, or out in part. */

const HOUR = 3_600_000;
const never = new AbortController().signal;
let at: Installation;
let x: Fake;
let receiver: Fake;
let site: Server;
let status: number;
/** What happens while the page is being asked whether it answers. */
let whileAsked: () => Promise<unknown>;
let aheadMs = 0;
/** The clock goes ahead by this with every look at it. */
let stepMs = 0;
let serial = 0;
beforeAll(async () => {
  const monotonic = (): number => performance.now() + (aheadMs += stepMs);
  at = await installAnywhere({ withWorkers: false, hostFloorMs: 0, io: { monotonic } });
  x = await startX();
  receiver = await startWebhook();
  site = createServer((_, response) => {
    void whileAsked().then(() => response.writeHead(status, { 'content-type': 'text/html' }).end('<p>It sails.</p>'));
  });
  await new Promise<void>((ready) => site.listen(0, '127.0.0.1', ready));
});
afterAll(async () => {
  site.closeAllConnections();
  site.close();
  await at[Symbol.asyncDispose]();
  await x[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});
beforeEach(() => {
  whileAsked = () => Promise.resolve();
  status = 200;
  stepMs = 0;
  serial += 1;
});

function desk(settings: Partial<AccountSettings> = {}): Promise<AccountRow> {
  const credentials = { kind: 'oauth1', ...xKeys, accessToken: `${7000 + serial}-token`, server: x.url };
  return addAccount(at.context, { network: 'x', credentials, settings }, 'test');
}
async function make(on: AccountRow, texts: readonly string[], more: Partial<ReadyPost> = {}): Promise<PostRow> {
  const parts = texts.map((text) => ({ text: `${text} (${serial})`, media: [], card: null }));
  const [post] = await createPosts(at.context, { parts, accountIds: [on.id], schedule: 'now', ...more }, 'test');
  return post as PostRow;
}
async function inStory(post: PostRow): Promise<string> {
  const { database, io } = at.context;
  const id = io.id('story');
  await insertStory(database, { id, title: 'Ferry', url: `https://tarn-valley.example/${id}`, urgency: 'normal' });
  await database.run('UPDATE standfirst.post SET story_id = $2 WHERE id = $1', [post.id, id]);
  return id;
}
const inAnHour = (): Date => new Date(Date.now() + HOUR);
const embargo = (storyId: string, embargoUntil: Date | null): Promise<unknown> =>
  editStory(at.context, storyId, { embargoUntil }, 'ed');
const send = ({ id, network }: PostRow, tools: Tools = at.context): Promise<void> =>
  publish(tools, { postId: id, network }, never);
const read = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const outOf = ({ parts }: PostRow): number[] =>
  [...x.log, ...receiver.log].flatMap(({ text }) => {
    const part = parts.findIndex((one) => one.text === text);
    return part === -1 ? [] : [part + 1];
  });
const lastSaid = async ({ id }: PostRow): Promise<string | undefined> =>
  (await listAttempts(at.context.database, id)).at(-1)?.failure?.detail;
const link = (): string => `http://127.0.0.1:${(site.address() as AddressInfo).port}/ferry-${serial}`;

/** The network takes `n` messages, and before anybody hears of the last of them, something happens. */
function afterAnswers(n: number, then: () => Promise<unknown>): Tools {
  let answers = 0;
  return {
    ...at.context,
    networkIo: (accountId, signal) => {
      const world = at.context.networkIo(accountId, signal);
      return {
        ...world,
        fetch: async (...given) => {
          const answer = await world.fetch(...given);
          if (++answers === n) await then();
          return answer;
        },
      };
    },
  };
}

describe('an embargo', () => {
  it('that begins while the page of a claimed post is asked stops the post, which goes out when it ends', async () => {
    const post = await make(await desk({ linkMustAnswer: true }), ['The ferry sails'], { link: link() });
    const storyId = await inStory(post);
    const ends = inAnHour();
    whileAsked = () => embargo(storyId, ends);
    await send(post);
    expect(outOf(post)).toEqual([]);
    expect(await read(post)).toMatchObject({ state: 'scheduled', wakeAt: ends, tries: 0 });
    expect(await lastSaid(post)).toBe('The story came under embargo before the request left.');
    await embargo(storyId, null);
    await send(post);
    expect(outOf(post)).toEqual([1]);
  });

  it('lets no further part of a thread out, and the thread goes on where it stood', async () => {
    const post = await make(await desk(), ['One', 'Two', 'Three', 'Four']);
    const storyId = await inStory(post);
    const ends = inAnHour();
    await send(
      post,
      afterAnswers(2, () => embargo(storyId, ends)),
    );
    expect(outOf(post)).toEqual([1, 2]);
    expect(await read(post)).toMatchObject({ state: 'scheduled', wakeAt: ends });
    expect(await lastSaid(post)).toBe('The story came under embargo before the request left.');
    await embargo(storyId, null);
    await send(post);
    expect(outOf(post)).toEqual([1, 2, 3, 4]);
    expect((await read(post)).state).toBe('published');
  });

  it('is seen in the last look before a request that has stood for a moment', async () => {
    const credentials = { url: `${receiver.url}/hook`, secret: webhookSecret };
    const hook = await addAccount(at.context, { network: 'webhook', name: 'Receiver', credentials }, 'test');
    const post = await make(hook, ['At once']);
    const storyId = await inStory(post);
    const { ledger } = at.context;
    const claim: typeof ledger.claim = async (asked) => {
      const won = await ledger.claim(asked);
      await embargo(storyId, inAnHour());
      stepMs = 600;
      return won;
    };
    await send(post, { ...at.context, ledger: { ...ledger, claim } });
    expect(outOf(post)).toEqual([]);
    expect(await lastSaid(post)).toBe('The story came under embargo before the request left.');
  });

  it('keeps back what is tried again until it ends, too', async () => {
    const post = await make(await desk({ linkMustAnswer: true }), ['The page is not out'], { link: link() });
    const storyId = await inStory(post);
    const ends = inAnHour();
    status = 404;
    whileAsked = () => embargo(storyId, ends);
    await send(post);
    expect(await read(post)).toMatchObject({ state: 'scheduled', wakeAt: ends, failure: { cause: 'link_down' } });
  });
});

describe('the end of what a post is worth', () => {
  const worthless = ({ id }: PostRow): Promise<unknown> =>
    at.context.database.run('UPDATE standfirst.post SET stale_at = standfirst.clock() WHERE id = $1', [id]);

  it('that comes while its page is asked makes the post stale, and it is not sent', async () => {
    const post = await make(await desk({ linkMustAnswer: true }), ['Sails at ten'], { link: link() });
    whileAsked = () => worthless(post);
    await send(post);
    expect(outOf(post)).toEqual([]);
    expect(await lastSaid(post)).toBe('The post was worth nothing any more before the request left.');
    await send(post);
    expect([(await read(post)).state, outOf(post)]).toEqual(['stale', []]);
  });

  it('lets a thread that is half out come to its end', async () => {
    const post = await make(await desk(), ['One', 'Two', 'Three']);
    await send(
      post,
      afterAnswers(1, () => worthless(post)),
    );
    expect([(await read(post)).state, outOf(post)]).toEqual(['published', [1, 2, 3]]);
  });
});

describe('a hold', () => {
  it('between two parts gives the thread back at once, and its end lets it go on', async () => {
    const account = await desk();
    const held = Promise.withResolvers<string>();
    const tools = afterAnswers(2, async () => {
      const { id } = await hold(at.context, { scope: 'account', target: account.id, reason: 'A correction.' }, 'ed');
      held.resolve(id);
    });
    const workers = await startWorkers({ ...at.context, ...tools });
    try {
      const post = await make(account, ['One', 'Two', 'Three', 'Four']);
      const id = await held.promise;
      const waiting = await until('the thread given back', async () => {
        const now = await read(post);
        return now.state === 'scheduled' && now;
      });
      expect(outOf(waiting)).toEqual([1, 2]);
      expect(await lastSaid(post)).toBe('Publishing was held before the request left.');
      await lift(at.context, id, 'as-planned', 'ed');
      await until('the rest of it', async () => (await read(post)).state === 'published');
      expect(outOf(post)).toEqual([1, 2, 3, 4]);
    } finally {
      await workers.stop();
    }
  });
});
