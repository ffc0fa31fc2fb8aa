import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { settle } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import { getAccount } from '../../src/store/account.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { startX, xKeys } from '../fakes/x.ts';
import type { Fake } from '../fakes/fake.ts';
import { describeBackends } from '../servers/backends.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';

const never = new AbortController().signal;
/** X's prices in millionths of a US dollar: https://docs.x.com/x-api/getting-started/pricing */
const PLAIN = 15_000;
const WITH_LINK = 200_000;

describeBackends(
  'what posts cost',
  (backend) => {
    let at: Installation;
    let fake: Fake;
    let serial = 0;

    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
      fake = await startX();
    });
    afterEach(() => fake.setMode({ name: 'ok' }));
    afterAll(async () => {
      await at[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    });

    function account(monthlyCapMicroUsd: number | null = null): Promise<AccountRow> {
      const credentials = { kind: 'oauth1', ...xKeys, accessToken: `${5000 + ++serial}-token`, server: fake.url };
      return addAccount(at.context, { network: 'x', credentials, settings: { monthlyCapMicroUsd } }, 'test');
    }
    async function queue({ id }: AccountRow, ...texts: string[]): Promise<PostRow> {
      const parts = texts.map((text) => ({ text: `${text} (${++serial})`, media: [], card: null }));
      const [post] = await createPosts(at.context, { parts, accountIds: [id], schedule: 'now' }, 'test');
      return post as PostRow;
    }
    async function send(post: PostRow): Promise<PostRow> {
      await publish(at.context, { postId: post.id, network: 'x' }, never);
      return (await getPost(at.context.database, post.id)) as PostRow;
    }
    const spent = async ({ id }: AccountRow): Promise<number | undefined> =>
      (await getAccount(at.context.database, id))?.spentMicroUsd;

    it('is added up for the account and the month, a link at its own price', async () => {
      const desk = await account();
      await send(await queue(desk, 'A bridge opens'));
      await send(await queue(desk, 'A bridge opens https://herald.example.org/bridge', 'and a pier'));
      expect(await spent(desk)).toBe(PLAIN + WITH_LINK + PLAIN);
    });

    it('counts neither what was refused nor last month', async () => {
      const desk = await account();
      await fake.setMode({ name: '422' });
      expect((await send(await queue(desk, 'A bridge opens'))).state).toBe('failed');
      expect(await spent(desk)).toBe(0);
      await fake.setMode({ name: 'ok' });
      await send(await queue(desk, 'A bridge opens'));
      await at.context.database.run(
        `UPDATE standfirst.cost SET month = month - interval '1 month' WHERE account_id = $1`,
        [desk.id],
      );
      expect(await spent(desk)).toBe(0);
    });

    it('counts a message whose answer was lost once it is found, and only once', async () => {
      const desk = await account();
      await fake.setMode({ name: 'accept-then-reset' });
      const post = await send(await queue(desk, 'A bridge opens'));
      expect(post.state).toBe('unknown');
      expect(await spent(desk)).toBe(0);
      await fake.setMode({ name: 'ok' });
      const [attempt] = await listAttempts(at.context.database, post.id);
      await reconcile(at.context, attempt?.id ?? '');
      await reconcile(at.context, attempt?.id ?? '');
      expect(await spent(desk)).toBe(PLAIN);
    });

    it('counts a message that a person has seen on the network', async () => {
      const desk = await account();
      await fake.setMode({ name: 'accept-then-reset' });
      const post = await send(await queue(desk, 'A bridge opens'));
      await settle(at.context, post.id, null, { there: true, url: null }, 'ilse');
      expect(await spent(desk)).toBe(PLAIN);
    });

    it('stops at the account’s cap: nothing is sent past it, and the post says why', async () => {
      const desk = await account(2 * PLAIN);
      expect((await send(await queue(desk, 'One'))).state).toBe('published');
      expect((await send(await queue(desk, 'Two'))).state).toBe('published');
      const before = fake.attempts;
      const third = await send(await queue(desk, 'Three'));
      expect(third).toMatchObject({ state: 'failed', failure: { kind: 'refused', cause: 'out_of_credit' } });
      expect(third.failure?.detail).toContain('this post costs $0.015, and $0.03 of the account’s $0.03');
      expect(fake.attempts).toBe(before);
      expect(await spent(desk)).toBe(2 * PLAIN);
    });

    it('is looked at for a whole thread before its first message', async () => {
      const desk = await account(2 * PLAIN);
      const before = fake.attempts;
      expect((await send(await queue(desk, 'One', 'Two', 'Three'))).state).toBe('failed');
      expect(fake.attempts).toBe(before);
    });

    it('cannot pass the cap by several posts at once, nor by one in doubt', async () => {
      const desk = await account(3 * PLAIN);
      const posts = [];
      for (const text of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) posts.push(await queue(desk, text));
      await Promise.all(posts.map(send));
      expect(await spent(desk)).toBeLessThanOrEqual(3 * PLAIN);

      const other = await account(PLAIN);
      await fake.setMode({ name: 'accept-then-reset' });
      expect((await send(await queue(other, 'One'))).state).toBe('unknown');
      await fake.setMode({ name: 'ok' });
      expect((await send(await queue(other, 'Two'))).failure?.cause).toBe('out_of_credit');
    });
  },
  ['postgres'],
);
