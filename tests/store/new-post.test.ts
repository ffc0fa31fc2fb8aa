import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { contentOf } from '../../src/pipeline/content.ts';
import { recordEvent } from '../../src/store/event.ts';
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
    beforeAll(async () => {
      at = await install(backend, { withWorkers: false });
    });
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
        { posts: [post], actor: 'user_ferry', origin },
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

    it('are not written where the house wants four eyes, though nobody looked before', async () => {
      const { version, rules } = await getHouseRules(at.context.database);
      await putHouseRules(at.context.database, version, { ...rules, fourEyes: true }, 'test');
      try {
        const post = newPost('A ferry is late.');
        const ask = { posts: [post], actor: 'user_ferry', origin: null };
        expect(await insertPostsAlone(at.context.database, [ask])).toEqual([[]]);
        expect(await count(post.id)).toBe(0);
        expect(await audited(post.id)).toEqual([]);
      } finally {
        await putHouseRules(at.context.database, version + 1, rules, 'test');
      }
    });

    it('are all written or none', async () => {
      const post = newPost('A ferry is on time.');
      const lost = { ...newPost('Another is not.'), accountId: 'acc_of-nobody' };
      const ask = { posts: [post, lost], actor: 'user_ferry', origin: null };
      await expect(insertPostsAlone(at.context.database, [ask])).rejects.toThrow(/foreign key/);
      expect(await count(post.id)).toBe(0);
    });

    it('share a statement with those of others, each under its own name', async () => {
      const asks = Array.from({ length: 40 }, (_, n) => ({
        posts: [newPost(`Ferry ${n} leaves.`), newPost(`Ferry ${n} arrives.`)],
        actor: `user_${n}`,
        origin: { ip: `203.0.113.${n}`, requestId: `req_${n}` },
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
      const lost = { ...newPost('Nowhere.'), accountId: 'acc_of-nobody' };
      const [spoilt, ...others] = [lost, newPost('Here.'), newPost('There.')].map((post) =>
        at.context.ledger.insertPosts({ posts: [post], actor: 'user_ferry', origin }),
      );
      await expect(spoilt).rejects.toThrow(/foreign key/);
      expect((await Promise.all(others)).map((rows) => rows.length)).toEqual([1, 1]);
    });
  },
  ['postgres', 'embedded'],
);
