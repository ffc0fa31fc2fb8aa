import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { hold, lift } from '../../src/pipeline/holds.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { editStory } from '../../src/pipeline/stories.ts';
import { keysOfUrl } from '../../src/pipeline/place.ts';
import type { Tools } from '../../src/pipeline/tools.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { addStoryKeys, insertStory } from '../../src/store/story-likeness.ts';
import type { Fake } from '../fakes/fake.ts';
import { startTelegram, telegramBot } from '../fakes/telegram.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** A monotonic clock stands still while its machine sleeps; the one of the wall goes on, and may be set. */

const never = new AbortController().signal;
let at: Installation;
let telegram: Fake;
let desk: AccountRow;
let serial = 0;
let wallMs = 0;
let awakeMs = 0;
beforeAll(async () => {
  telegram = await startTelegram();
  const io = { monotonic: () => performance.now() + awakeMs, now: () => new Date(Date.now() + wallMs) };
  at = await installAnywhere({ withWorkers: false, io });
  desk = await addAccount(
    at.context,
    { network: 'telegram', credentials: { ...telegramBot, server: telegram.url } },
    'test',
  );
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await telegram[Symbol.asyncDispose]();
});
beforeEach(() => void ([wallMs, awakeMs] = [0, 0]));

const read = async ({ id }: PostRow): Promise<PostRow> => (await getPost(at.context.database, id)) as PostRow;
const timesOut = ({ parts }: PostRow): number => telegram.log.filter(({ text }) => text === parts[0]?.text).length;

async function make(text = `The ferry sails again ${++serial}`): Promise<PostRow> {
  const parts = [{ text, media: [], card: null }];
  const [post] = await createPosts(at.context, { parts, accountIds: [desk.id], schedule: 'now' }, 'test');
  return post as PostRow;
}

/** What `happens` once the attempt is committed as sent, and before its request leaves. */
async function publishWhile(post: PostRow, happens: () => Promise<void> | void): Promise<void> {
  const { ledger } = at.context;
  const markSent: Tools['ledger']['markSent'] = async (mark) => {
    const isMine = await ledger.markSent(mark);
    await happens();
    return isMine;
  };
  await publish({ ...at.context, ledger: { ...ledger, markSent } }, { postId: post.id, network: 'telegram' }, never);
}

it('lets nothing leave that was held while the machine slept', async () => {
  const post = await make();
  let holdId = '';
  await publishWhile(post, async () => {
    holdId = (await hold(at.context, { scope: 'all', target: null, reason: 'The lawyer calls.' }, 'ed')).id;
    wallMs += 4_000;
  });
  expect(timesOut(post)).toBe(0);
  expect((await read(post)).state).toBe('scheduled');
  await lift(at.context, holdId, 'as-planned', 'ed');
});

it('lets nothing leave that leads to a story which came under embargo meanwhile', async () => {
  const url = `https://paper.example/ferry-${++serial}`;
  const storyId = at.context.io.id('story');
  await insertStory(at.context.database, { id: storyId, title: 'The ferry', url, urgency: 'normal' });
  await addStoryKeys(at.context.database, storyId, keysOfUrl(url));
  const post = await make(`The ferry sails again: ${url}`);
  await publishWhile(post, async () => {
    await editStory(at.context, storyId, { embargoUntil: new Date(Date.now() + 3_600_000) }, 'ed');
    wallMs += 4_000;
  });
  expect(timesOut(post)).toBe(0);
});

it('sends nothing that another took over while the machine slept', async () => {
  const post = await make();
  await publishWhile(post, async () => {
    await at.context.database.run('UPDATE standfirst.post SET fence = fence + 1 WHERE id = $1', [post.id]);
    wallMs += 8 * 3_600_000;
  });
  expect(timesOut(post)).toBe(0);
});

it('sends once what nothing keeps back, also where a clock was set by an hour', async () => {
  for (const stepMs of [3_600_000, -3_600_000]) {
    const post = await make();
    await publishWhile(post, () => void (wallMs += stepMs));
    expect(timesOut(post)).toBe(1);
    expect((await read(post)).state).toBe('published');
  }
});

it('looks again by the monotonic clock where the other was set back', async () => {
  const post = await make();
  await publishWhile(post, async () => {
    await hold(at.context, { scope: 'account', target: desk.id, reason: 'The lawyer calls.' }, 'ed');
    [wallMs, awakeMs] = [-3_600_000, 2_000];
  });
  expect(timesOut(post)).toBe(0);
});
