import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networks } from '../../src/networks/registry.ts';
import { addAccount, checkAccount } from '../../src/pipeline/accounts.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { secretsOf } from '../../src/pipeline/secret-values.ts';
import { getAccount } from '../../src/store/account.ts';
import { listAttempts } from '../../src/store/attempt.ts';
import { eventsOf } from '../../src/store/event.ts';
import { getPost } from '../../src/store/post.ts';
import { startMastodon } from '../fakes/mastodon.ts';
import type { FakeMastodon } from '../fakes/mastodon.ts';
import type { Counterpart, Fixture } from '../networks/fixture.ts';
import { installAnywhere } from './install-anywhere.ts';
import type { Installation } from './installation.ts';

const fixtures = new Map(
  await Promise.all(
    networks.map(async ({ profile: { id } }) => {
      return [id, (await import(`../networks/fixtures/${id}.ts`)) as { fixture: Fixture }] as const;
    }),
  ),
);

describe('a server that repeats what it was sent', () => {
  let at: Installation;
  beforeAll(async () => {
    at = await installAnywhere({ withWorkers: false });
  });
  afterAll(() => at[Symbol.asyncDispose]());

  for (const network of networks) {
    const { fixture } = fixtures.get(network.profile.id) as { fixture: Fixture };
    if (fixture.lacks?.echo !== undefined) continue;
    it(`gets no secret of ${network.profile.name} into what is kept, shown and logged`, async () => {
      const counterpart: Counterpart = await fixture.start();
      const { credentials } = counterpart;
      const account = await addAccount(at.context, { network: network.profile.id, credentials }, 'test');
      const parts = [{ text: 'The harbour bridge opens.', media: [], card: null }];
      const [post] = await createPosts(at.context, { parts, accountIds: [account.id], schedule: 'now' }, 'test');
      const postId = post?.id ?? '';
      await counterpart.setMode({ name: 'echo', scope: 'all' });
      await publish(at.context, { postId, network: network.profile.id }, new AbortController().signal);
      const refusal = await checkAccount(at.context, account.id).catch((error: unknown) => String(error));
      const { database } = at.context;
      const kept = JSON.stringify([
        await getPost(database, postId),
        await listAttempts(database, postId),
        await getAccount(database, account.id),
        [...(await eventsOf(database, postId, 50)), ...(await eventsOf(database, account.id, 50))],
        refusal,
      ]);
      await counterpart[Symbol.asyncDispose]();
      expect(kept).toContain('No such post: ');
      for (const secret of secretsOf(network.credentials, credentials)) expect(kept).not.toContain(secret);
      // Of a secret address its path is enough.
      for (const path of secretPathsOf(network, credentials)) expect(kept).not.toContain(path);
      // A session that was begun with them is as good as they are.
      expect(kept).not.toMatch(/Bearer (?!\[secret\])/);
    });
  }
});

function secretPathsOf(network: (typeof networks)[number], credentials: unknown): string[] {
  const paths = secretsOf(network.credentials, credentials).flatMap((secret) => URL.parse(secret)?.pathname ?? []);
  return paths.flatMap((path) => [path, path.split('/').at(-1) ?? '']).filter((part) => part.length > 1);
}

describe('an address of a server that is inside', () => {
  let at: Installation;
  let fake: FakeMastodon;
  beforeAll(async () => {
    fake = await startMastodon();
    at = await installAnywhere({ withWorkers: false, env: { STANDFIRST_ALLOW_PRIVATE: '' } });
  });
  afterAll(async () => {
    await at[Symbol.asyncDispose]();
    await fake[Symbol.asyncDispose]();
  });

  it.each([
    ['this machine', (port: string) => `http://127.0.0.1:${port}`],
    ['this machine by name', (port: string) => `http://localhost:${port}`],
    ['this machine in hexadecimal', (port: string) => `http://0x7f.1:${port}`],
    ['this machine as one number', (port: string) => `http://2130706433:${port}`],
    ['this machine in IPv6', (port: string) => `http://[::1]:${port}`],
    ['this machine in IPv6 around IPv4', (port: string) => `http://[::ffff:127.0.0.1]:${port}`],
    ['the metadata of a cloud', () => 'http://169.254.169.254'],
    ['the metadata of a cloud through NAT64', () => 'http://[64:ff9b::a9fe:a9fe]'],
    ['another machine of the house', () => 'http://192.168.1.1'],
  ])('is refused in a sentence, and nothing is sent there: %s', async (_where, addressOf) => {
    const server = addressOf(new URL(fake.url).port);
    const added = addAccount(
      at.context,
      { network: 'mastodon', credentials: { server, accessToken: 'token' } },
      'test',
    );
    await expect(added).rejects.toThrow(
      /Mastodon did not connect the account: .*(private|not public|not allowed|port)/i,
    );
    expect(fake.requests).toBe(0);
  });
});
