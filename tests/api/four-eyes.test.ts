import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scopeNames } from '../../src/api/access.ts';
import type { PostView } from '../../src/api/schemas/post.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { summarize } from '../../src/pipeline/summarize.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';
import type { Member } from './member.ts';
import { join } from './member.ts';

let here: Installation;
let admin: Member;
beforeAll(async () => {
  here = await openInstallation();
  admin = await join(here, 'Ada Verhoeven', 'admin');
});
afterAll(() => here.close());

describe('four eyes', () => {
  const fourEyes = async (isWanted: boolean): Promise<void> => {
    const etag = String((await admin.ask('GET', '/v1/team')).headers.etag);
    const changed = await admin.ask('PATCH', '/v1/team', { fourEyes: isWanted }, { 'if-match': etag });
    expect(changed.json()).toEqual({ fourEyes: isWanted });
  };
  const draftBy = async (author: Member): Promise<string> => {
    const body = { accountIds: [here.sandboxId], text: 'A ferry is late.', schedule: 'review' };
    return (await author.ask('POST', '/v1/posts', body)).json<{ data: [PostView] }>().data[0].id;
  };

  it('let nobody approve their own words, nor by a key of theirs, nor by giving a time', async () => {
    const [writer, editor] = [await join(here, 'Wendel', 'admin'), await join(here, 'Esra', 'admin')];
    await fourEyes(true);
    try {
      const id = await draftBy(writer);
      const refused = await writer.ask('POST', `/v1/posts/${id}/approve`);
      expect(refused.statusCode).toBe(403);
      expect(problemOf(refused).detail).toContain('this newsroom wants four eyes, so somebody else has to approve it');
      expect((await writer.ask('GET', `/v1/posts/${id}`)).json<PostView>().state).toBe('in_review');

      const made = await writer.ask('POST', '/v1/api-keys', { name: 'own', scopes: ['posts:approve', 'posts:write'] });
      const authorization = `Bearer ${made.json<{ secret: string }>().secret}`;
      const byKey = await here.app.inject({
        method: 'POST',
        url: `/v1/posts/${id}/approve`,
        headers: { authorization },
      });
      expect(byKey.statusCode).toBe(403);

      const now = { accountIds: [here.sandboxId], text: 'Straight out.', schedule: 'now' };
      expect((await writer.ask('POST', '/v1/posts', now)).statusCode).toBe(403);

      const bulk = await writer.ask('POST', '/v1/post-actions', { action: 'approve', ids: [id] });
      expect(bulk.json()).toMatchObject({ done: 0, refused: 1 });

      expect((await editor.ask('POST', `/v1/posts/${id}/approve`)).statusCode).toBe(200);
    } finally {
      await fourEyes(false);
    }
  });

  it('know all keys of one chain for one hand, and offer nobody what they may not do', async () => {
    const editor = await join(here, 'Emil', 'admin');
    const first = await here.key();
    const as = (headers: Record<string, string>) => async (method: 'GET' | 'POST', url: string, payload?: object) =>
      here.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    const made = await as(first)('POST', '/v1/api-keys', { name: 'second', scopes: scopeNames });
    const second = { authorization: `Bearer ${made.json<{ secret: string }>().secret}` };
    const deeper = await as(second)('POST', '/v1/api-keys', { name: 'third', scopes: ['posts:approve', 'posts:read'] });
    const third = { authorization: `Bearer ${deeper.json<{ secret: string }>().secret}` };
    const drafted = await as(second)('POST', '/v1/posts', {
      accountIds: [here.sandboxId],
      text: 'A tram is late.',
      schedule: 'review',
    });
    const { id } = drafted.json<{ data: [PostView] }>().data[0];
    await fourEyes(true);
    try {
      for (const key of [first, second, third]) {
        expect((await as(key)('POST', `/v1/posts/${id}/approve`)).statusCode).toBe(403);
        const seen = (await as(key)('GET', `/v1/posts/${id}`)).json<PostView>();
        expect(seen).toMatchObject({ needsAnother: true, state: 'in_review' });
        expect(seen.can).not.toContain('approve');
        expect(seen.can).toContain('reject');
        const [listed] = (await as(key)('GET', '/v1/posts?limit=1')).json<{ data: [PostView] }>().data;
        expect(listed.can).not.toContain('approve');
      }
      const seen = (await editor.ask('GET', `/v1/posts/${id}`)).json<PostView>();
      expect(seen).toMatchObject({ needsAnother: false });
      expect(seen.can).toContain('approve');
      expect((await editor.ask('POST', `/v1/posts/${id}/approve`)).statusCode).toBe(200);
    } finally {
      await fourEyes(false);
    }
  });

  it('take the words of a text for those of who handed it in, and not what was read on a page or pushed for a source', async () => {
    const [writer, editor] = [await join(here, 'Wilma', 'admin'), await join(here, 'Enno', 'admin')];
    const { database } = here.context;
    const writtenOf = async (handIn: () => Promise<{ json<Body>(): Body }>): Promise<string> => {
      const { id } = (await handIn()).json<{ id: string }>();
      for (const step of [ingest, summarize, compose]) await step(here.context, id);
      const row = await database.one(
        z.object({ id: z.string() }),
        `SELECT id FROM standfirst.post WHERE article_id = $1`,
        [id],
      );
      return row?.id ?? '';
    };
    const text =
      'The harbour office in Tolvane has ordered two new cranes. They arrive in May. Work begins on the pier soon.';
    const given = (about: string) => ({ title: about, text: `${about}. ${text}`, accountIds: [here.sandboxId] });
    const source = await writer.ask('POST', '/v1/sources', { kind: 'push', name: 'Own system' });
    const sourceId = source.json<{ id: string }>().id;
    const key = await here.key();
    await fourEyes(true);
    try {
      const own = await writtenOf(() => writer.ask('POST', '/v1/articles', given('Tolvane orders cranes')));
      expect((await writer.ask('POST', `/v1/posts/${own}/approve`)).statusCode).toBe(403);
      expect((await writer.ask('GET', `/v1/posts/${own}`)).json<PostView>().needsAnother).toBe(true);
      expect((await editor.ask('POST', `/v1/posts/${own}/approve`)).statusCode).toBe(200);

      const slipped = await writtenOf(() =>
        writer.ask('POST', '/v1/articles', { ...given('Westmouth gets a ferry'), sourceId }),
      );
      expect((await writer.ask('POST', `/v1/posts/${slipped}/approve`)).statusCode).toBe(403);

      const pushed = await writtenOf(() =>
        here.app.inject({
          method: 'POST',
          url: '/v1/articles',
          headers: key,
          payload: { ...given('Brandvold wins the regatta'), sourceId },
        }),
      );
      const byKey = await here.app.inject({ method: 'POST', url: `/v1/posts/${pushed}/approve`, headers: key });
      expect(byKey.statusCode).toBe(200);
    } finally {
      await fourEyes(false);
    }
  });

  it('hold where the house rules ask for them', async () => {
    const writer = await join(here, 'Wanda', 'admin');
    const decide = async (isWanted: boolean): Promise<void> => {
      const etag = String((await writer.ask('GET', '/v1/house-rules')).headers.etag);
      await writer.ask('PUT', '/v1/house-rules', { fourEyes: isWanted }, { 'if-match': etag });
    };
    const id = await draftBy(writer);
    await decide(true);
    expect((await writer.ask('POST', `/v1/posts/${id}/approve`)).statusCode).toBe(403);
    await decide(false);
    expect((await writer.ask('POST', `/v1/posts/${id}/approve`)).statusCode).toBe(200);
  });

  it('look at who wrote the latest revision', async () => {
    const [writer, editor] = [await join(here, 'Wim', 'admin'), await join(here, 'Elin', 'admin')];
    await fourEyes(true);
    try {
      const id = await draftBy(writer);
      const etag = String((await editor.ask('GET', `/v1/posts/${id}`)).headers.etag);
      await editor.ask('PATCH', `/v1/posts/${id}`, { text: 'The ferry is late again.' }, { 'if-match': etag });
      expect((await editor.ask('POST', `/v1/posts/${id}/approve`)).statusCode).toBe(403);
      expect((await writer.ask('POST', `/v1/posts/${id}/approve`)).statusCode).toBe(200);
    } finally {
      await fourEyes(false);
    }
  });

  it('let nobody put words of their own on a post that is out', async () => {
    const editor = await join(here, 'Egon', 'admin');
    const id = await draftBy(editor);
    await editor.ask('POST', `/v1/posts/${id}/approve`);
    await here.context.database.run(`UPDATE standfirst.post SET state = 'published' WHERE id = $1`, [id]);
    await fourEyes(true);
    try {
      const refused = await editor.ask('POST', `/v1/posts/${id}/correct`, { text: 'The ferry sails.' });
      expect(refused.statusCode).toBe(403);
      expect(problemOf(refused).detail).toContain('this newsroom wants four eyes');
      expect((await editor.ask('GET', `/v1/posts/${id}`)).json<PostView>().parts[0]?.text).toBe('A ferry is late.');
    } finally {
      await fourEyes(false);
    }
    const allowed = await editor.ask('POST', `/v1/posts/${id}/correct`, { text: 'The ferry sails.' });
    expect(allowed.statusCode).not.toBe(403);
  });

  it('are off until somebody wants them', async () => {
    const solo = await join(here, 'Solo', 'admin');
    const id = await draftBy(solo);
    expect((await solo.ask('POST', `/v1/posts/${id}/approve`)).statusCode).toBe(200);
  });
});
