import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { contentOf } from '../../src/pipeline/content.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { recordEvent } from '../../src/store/event.ts';
import { changeAccount } from '../../src/store/account-change.ts';
import { removeAccount } from '../../src/store/account-removal.ts';
import { houseOf } from '../../src/store/house-account.ts';
import { getHouseRules, putHouseRules } from '../../src/store/house-rules.ts';
import { insertPostsAlone } from '../../src/store/new-post.ts';
import type { NewPost } from '../../src/store/new-post.ts';
import { describeBackends } from '../servers/backends.ts';
import { install } from '../line/installation.ts';
import type { Installation } from '../line/installation.ts';

const DUE = '2031-05-04T06:00:00.000Z';
const origin = { ip: '203.0.113.9', requestId: 'req_ferry' };

describeBackends(
  'new posts in a statement of their own',
  (backend) => {
    let at: Installation;
    let marks: ReadonlyMap<string, string>;
    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
      marks = await marksNow();
    });
    const marksNow = async (): Promise<ReadonlyMap<string, string>> =>
      (await houseOf(at.context.database, [at.sandbox.id])).marks;
    afterAll(() => at[Symbol.asyncDispose]());

    function newPost(text: string): NewPost {
      const { id: accountId, network } = at.sandbox;
      const parts = [{ text, media: [], card: null }];
      return {
        id: at.context.io.id('post'),
        accountId,
        network,
        storyId: null,
        articleId: null,
        urgency: 'normal',
        state: 'approved',
        content: contentOf(accountId, { parts, link: null, tags: [], lang: 'en' }),
        due: { at: new Date(DUE), staleAfterMs: 60_000 },
      };
    }
    const audited = (subject: string): Promise<{ action: string; origin: unknown; after: string | null }[]> =>
      at.context.database.many(
        z.object({ action: z.string(), origin: z.unknown(), after: z.string().nullable() }),
        `SELECT action, origin, after FROM standfirst.audit WHERE subject = $1 ORDER BY seq`,
        [subject],
      );
    const count = async (id: string): Promise<number> =>
      at.context.database.run(`SELECT 1 FROM standfirst.post WHERE id = $1`, [id]);

    it('are scheduled and audited with where they come from, and lend that to nobody', async () => {
      const post = newPost('A ferry is early.');
      const [[row] = []] = await insertPostsAlone(at.context.database, [
        { posts: [post], actor: 'user_ferry', origin, marks },
      ]);
      expect(row).toMatchObject({ id: post.id, state: 'scheduled', wake: 1, version: 2, approvedBy: 'user_ferry' });
      expect(row?.dueAt?.toISOString()).toBe(DUE);
      expect(row?.staleAt?.toISOString()).toBe('2031-05-04T06:01:00.000Z');
      const { hash: after } = post.content;
      expect(await audited(post.id)).toEqual([
        { action: 'post.created', origin, after },
        { action: 'post.scheduled', origin, after },
      ]);
      // On every connection that the first may have been.
      const later = Array.from({ length: 30 }, (_, n) => `elsewhere-${n}`);
      for (const subject of later)
        await recordEvent(at.context.database, { type: 'setting.changed', subject, actor: 'user_ferry' });
      for (const subject of later) expect((await audited(subject))[0]?.origin).toEqual({});
    });

    it('are not written where the rules or the account are not what they were, and no others for it', async () => {
      const { version, rules } = await getHouseRules(at.context.database);
      const account = await addAccount(
        at.context,
        { network: 'sandbox', name: 'Quay', credentials: {}, settings: {} },
        'test',
      );
      const on = { ...newPost('A ferry is late.'), accountId: account.id };
      const ask = async (post: NewPost) => {
        const { marks: seen } = await houseOf(at.context.database, [post.accountId]);
        return { posts: [{ ...post, id: at.context.io.id('post') }], actor: 'user_ferry', origin: null, marks: seen };
      };
      const given = await Promise.all([ask(on), ask(newPost('A ferry is not.'))]);
      await changeAccount(at.context.database, account.id, null, { name: 'Pier', settings: account.settings }, 'test');
      const written = await insertPostsAlone(at.context.database, given);
      expect(written.map((rows) => rows.length)).toEqual([0, 1]);

      const late = await Promise.all([ask(on), ask(newPost('No ferry is.'))]);
      await putHouseRules(at.context.database, version, { ...rules, fourEyes: true }, 'test');
      try {
        expect(await insertPostsAlone(at.context.database, late)).toEqual([[], []]);
      } finally {
        await putHouseRules(at.context.database, version + 1, rules, 'test');
      }
      const last = await ask(on);
      await removeAccount(at.context.database, account.id, null, 'test');
      expect(await insertPostsAlone(at.context.database, [last])).toEqual([[]]);
      for (const { posts } of [given[0], ...late, last]) {
        const [{ id }] = posts as [NewPost];
        expect(await count(id)).toBe(0);
        expect(await audited(id)).toEqual([]);
      }
      marks = await marksNow();
    });

    it('are checked against what holds now, whatever was remembered', async () => {
      const { database, ledger } = at.context;
      const { version, rules } = await getHouseRules(database);
      const account = await addAccount(
        at.context,
        { network: 'sandbox', name: 'Mole', credentials: {}, settings: {} },
        'test',
      );
      let serial = 0;
      const make = async () => {
        const parts = [{ text: `Ilse Brandt boards ferry ${++serial}.`, media: [], card: null }];
        const schedule = { at: new Date(DUE) };
        return (await createPosts(at.context, { parts, accountIds: [account.id], schedule }, 'user_ferry'))[0];
      };
      expect(await make()).toMatchObject({ state: 'scheduled' });
      expect(ledger.house.recall([account.id])?.rules.hashtags.sensitive).toEqual([]);
      const careful = { ...rules, hashtags: { ...rules.hashtags, sensitive: ['Ilse Brandt'] } };
      await putHouseRules(database, version, careful, 'test');
      expect(await make()).toMatchObject({ state: 'in_review' });
      await putHouseRules(database, version + 1, rules, 'test');
      // Remembered as too strict, it refuses nothing either.
      expect(await make()).toMatchObject({ state: 'scheduled' });
      await removeAccount(database, account.id, null, 'test');
      await expect(make()).rejects.toThrow(`There is no account ${account.id}`);
      marks = await marksNow();
    });

    it('are all written or none', async () => {
      const post = newPost('A ferry is on time.');
      const lost = { ...newPost('Another is not.'), storyId: 'story_of-nobody' };
      const ask = { posts: [post, lost], actor: 'user_ferry', origin: null, marks };
      await expect(insertPostsAlone(at.context.database, [ask])).rejects.toThrow(/foreign key/);
      expect(await count(post.id)).toBe(0);
    });

    it('share a statement with those of others, each under its own name', async () => {
      const asks = Array.from({ length: 40 }, (_, n) => ({
        posts: [newPost(`Ferry ${n} leaves.`), newPost(`Ferry ${n} arrives.`)],
        actor: `user_${n}`,
        origin: { ip: `203.0.113.${n}`, requestId: `req_${n}` },
        marks,
      }));
      const written = await Promise.all(asks.map((ask) => at.context.ledger.insertPosts(ask)));
      for (const [n, ask] of asks.entries()) {
        expect(written[n]?.map(({ id }) => id)).toEqual(ask.posts.map(({ id }) => id));
        for (const { id, content } of ask.posts) {
          expect(written[n]?.find((row) => row.id === id)).toMatchObject({
            createdBy: ask.actor,
            approvedBy: ask.actor,
          });
          const after = content.hash;
          expect(await audited(id)).toEqual([
            { action: 'post.created', origin: ask.origin, after },
            { action: 'post.scheduled', origin: ask.origin, after },
          ]);
        }
      }
      const statements = new Set(
        (
          await at.context.database.many(
            z.object({ tx: z.string() }),
            `SELECT DISTINCT tx::text FROM standfirst.event WHERE type = 'post.created' AND subject = ANY ($1)`,
            [asks.flatMap(({ posts }) => posts.map(({ id }) => id))],
          )
        ).map(({ tx }) => tx),
      );
      expect(statements.size).toBeLessThan(asks.length);
    });

    it('are written though one that shares their statement cannot be', async () => {
      const lost = { ...newPost('Nowhere.'), storyId: 'story_of-nobody' };
      const [spoilt, ...others] = [lost, newPost('Here.'), newPost('There.')].map((post) =>
        at.context.ledger.insertPosts({ posts: [post], actor: 'user_ferry', origin, marks }),
      );
      await expect(spoilt).rejects.toThrow(/foreign key/);
      expect((await Promise.all(others)).map((rows) => rows.length)).toEqual([1, 1]);
    });
  },
  ['postgres', 'embedded'],
);
