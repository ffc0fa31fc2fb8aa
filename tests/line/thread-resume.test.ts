import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkOf } from '../../src/networks/registry.ts';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { retry, settle } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { reconcile } from '../../src/pipeline/reconcile.ts';
import type { AccountRow } from '../../src/store/account.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { getPost } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import type { Counterpart, Fixture } from '../networks/fixture.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

/** Networks that send a thread message by message; Bluesky sends it whole (`thread.test.ts`). */
const networks = ['x', 'mastodon', 'telegram', 'discord', 'slack', 'webhook', 'nostr', 'threads'] as const;
const never = new AbortController().signal;
let at: Installation;
beforeAll(async () => {
  at = await installAnywhere({ withWorkers: false });
});
afterAll(() => at[Symbol.asyncDispose]());

for (const network of networks) {
  const { fixture } = (await import(`../networks/fixtures/${network}.ts`)) as { fixture: Fixture };
  describe(`a thread on ${networkOf(network).profile.name}`, () => {
    let counterpart: Counterpart;
    let account: AccountRow;
    let serial = 0;
    beforeAll(async () => {
      counterpart = await fixture.start();
      account = await addAccount(at.context, { network, credentials: counterpart.credentials }, 'test');
    });
    afterAll(() => counterpart[Symbol.asyncDispose]());

    async function queue(): Promise<PostRow> {
      serial += 1;
      const parts = ['One', 'Two', 'Three'].map((text) => ({ text: `${text} (${serial})`, media: [], card: null }));
      const [post] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
      return post as PostRow;
    }
    async function send(post: PostRow): Promise<string> {
      await publish(at.context, { postId: post.id, network }, never);
      return ((await getPost(at.context.database, post.id)) as PostRow).state;
    }
    const out = ({ parts }: PostRow): string[] =>
      counterpart.accepted().filter((text) => parts.some((part) => part.text === text));
    const all = ({ parts }: PostRow): string[] => parts.map(({ text }) => text);

    it('goes on after a refusal in its middle with the message that was refused', async () => {
      const post = await queue();
      await counterpart.setMode({ name: '422', after: 1 });
      expect([await send(post), out(post)]).toEqual(['failed', all(post).slice(0, 1)]);
      await counterpart.setMode({ name: 'ok' });
      await retry(at.context, post.id, null, 'test');
      expect([await send(post), out(post)]).toEqual(['published', all(post)]);
    });

    it('goes on after a network that could not be reached in its middle', async () => {
      const post = await queue();
      const before = await getPost(at.context.database, post.id);
      expect(before?.state).toBe('scheduled');
      await counterpart.setMode({ name: network === 'nostr' ? '503' : '429', after: 2 });
      expect([await send(post), out(post)]).toEqual(['scheduled', all(post).slice(0, 2)]);
      await counterpart.setMode({ name: 'ok' });
      // As if the wait were over.
      await at.context.database.run('UPDATE standfirst.account SET blocked_until = NULL WHERE id = $1', [account.id]);
      await at.context.database.run('UPDATE standfirst.post SET wake_at = standfirst.clock() WHERE id = $1', [post.id]);
      expect([await send(post), out(post)]).toEqual(['published', all(post)]);
    });

    it('goes on after a lost answer in its middle, without a second of any message', async () => {
      const post = await queue();
      await counterpart.setMode({ name: 'accept-then-reset', after: 1 });
      expect([await send(post), out(post)]).toEqual(['unknown', all(post).slice(0, 2)]);
      await counterpart.setMode({ name: 'ok' });
      const lost = (await listAttempts(at.context.database, post.id)).find(({ phase }) => phase === 'unknown');
      await reconcile(at.context, lost?.id ?? '');
      const { state } = (await getPost(at.context.database, post.id)) as PostRow;
      // Nobody can be asked: a person has seen it there.
      if (state === 'unknown') await settle(at.context, post.id, null, { there: true, url: null }, 'test');
      expect([await send(post), out(post)]).toEqual(['published', all(post)]);
    });
  });
}
