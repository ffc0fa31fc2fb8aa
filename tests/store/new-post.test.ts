import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { contentOf } from '../../src/pipeline/content.ts';
import { recordEvent } from '../../src/store/event.ts';
import { getHouseRules, putHouseRules } from '../../src/store/house-rules.ts';
import { insertPostsAlone } from '../../src/store/new-post.ts';
import type { NewPost } from '../../src/store/new-post.ts';
import { withOrigin } from '../../src/store/origin.ts';
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
      const [row] = await withOrigin(origin, () => insertPostsAlone(at.context.database, [post], 'user_ferry'));
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
        expect(await insertPostsAlone(at.context.database, [post], 'user_ferry')).toEqual([]);
        expect(await count(post.id)).toBe(0);
        expect(await audited(post.id)).toEqual([]);
      } finally {
        await putHouseRules(at.context.database, version + 1, rules, 'test');
      }
    });

    it('are all written or none', async () => {
      const post = newPost('A ferry is on time.');
      const lost = { ...newPost('Another is not.'), accountId: 'acc_of-nobody' };
      await expect(insertPostsAlone(at.context.database, [post, lost], 'user_ferry')).rejects.toThrow(/foreign key/);
      expect(await count(post.id)).toBe(0);
    });
  },
  ['postgres', 'embedded'],
);
