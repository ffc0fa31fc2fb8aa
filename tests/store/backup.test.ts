import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addAccount } from '../../src/pipeline/accounts.ts';
import { addMedia } from '../../src/pipeline/media.ts';
import { createPosts } from '../../src/pipeline/create-posts.ts';
import { lift } from '../../src/pipeline/holds.ts';
import { settle } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { addSource } from '../../src/pipeline/sources.ts';
import { pageHolds } from '../../src/store/hold.ts';
import { getMediaBytes } from '../../src/store/media.ts';
import { getPost } from '../../src/store/post.ts';
import { getSource } from '../../src/store/source.ts';
import { givenSourceSettings } from '../../src/store/source-settings.ts';
import { getWebhook } from '../../src/store/webhook.ts';
import { standfirst } from '../cli/run.ts';
import type { Fake } from '../fakes/fake.ts';
import { startX, xKeys } from '../fakes/x.ts';
import { install, until } from '../line/installation.ts';
import type { Installation } from '../line/installation.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';

describeWith(['postgres'], 'a backup', () => {
  it('goes from the embedded database into PostgreSQL and back, row by row', { timeout: 240_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'standfirst-backup-'));
    const files = ['embedded', 'postgres', 'back'].map((name) => join(folder, `${name}.gz`));
    const place = (): Record<string, string> => ({ ...keys, STANDFIRST_DATA: mkdtempSync(join(folder, 'data-')) });
    const [first, second, third] = [place(), { ...place(), DATABASE_URL: await freshDatabase() }, place()];
    {
      await using at = await install({ databaseUrl: null, redisUrl: null }, { withWorkers: false, env: first });
      const parts = [{ text: 'A post with “quotes”, \\ and \u{1f6a2}.', media: [], card: null }];
      await createPosts(at.context, { parts, accountIds: [at.sandbox.id], schedule: 'draft' }, 'test');
    }
    for (const [n, from] of [first, second, third].entries()) {
      expect(await standfirst(['backup', files[n] ?? ''], { env: from })).toMatchObject({ code: 0, stderr: '' });
      const next = [second, third][n];
      if (next === undefined) break;
      expect(await standfirst(['restore', files[n] ?? ''], { env: next })).toMatchObject({ code: 0, stderr: '' });
    }
    const rowsIn = (path = ''): string[] =>
      gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n').slice(1, -1);
    const [before, , after] = files.map(rowsIn);
    expect(before?.some((row) => row.includes('post_revision'))).toBe(true);
    expect(before?.filter((row) => after?.includes(row) !== true)).toEqual([]);
    rmSync(folder, { recursive: true, force: true });
  });
});

const keys = { STANDFIRST_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}` };

for (const kind of ['postgres', 'embedded'] as const) {
  describeWith(kind === 'postgres' ? ['postgres'] : [], `a backup of ${kind}`, () => {
    const never = new AbortController().signal;
    const at = (days: number): { at: Date } => ({ at: new Date(Date.now() + days * 86_400_000) });
    let folder: string;
    let file: string;
    let fake: Fake;
    let home: Record<string, string>;
    let old: Installation;
    let accountId: string;
    let mediaId: string;
    const ids: Record<string, string> = {};

    const newPlace = async (): Promise<Record<string, string>> => ({
      ...keys,
      STANDFIRST_DATA: mkdtempSync(join(folder, 'data-')),
      ...(kind === 'postgres' ? { DATABASE_URL: await freshDatabase() } : {}),
    });
    const runBackup = (to: string, env: Record<string, string>) => standfirst(['backup', to], { env });
    const runRestore = (from: string, env: Record<string, string>) => standfirst(['restore', from], { env });
    const installAt = (place: Record<string, string>, withWorkers: boolean): Promise<Installation> =>
      install({ databaseUrl: place['DATABASE_URL'] ?? null, redisUrl: null }, { withWorkers, env: place });

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'standfirst-backup-'));
      file = join(folder, 'all.jsonl.gz');
      fake = await startX({ takesTwins: true });
      home = await newPlace();
      old = await installAt(home, false);
      const credentials = { kind: 'oauth1', ...xKeys, accessToken: '1000-token', server: fake.url };
      accountId = (await addAccount(old.context, { network: 'x', credentials }, 'test')).id;
      const make = async (name: string, schedule: Parameters<typeof createPosts>[1]['schedule']): Promise<void> => {
        const parts = [{ text: `The ${name} post.`, media: [], card: null }];
        const [post] = await createPosts(old.context, { parts, accountIds: [accountId], schedule }, 'test');
        ids[name] = post?.id ?? '';
      };
      await make('early', 'now');
      await publish(old.context, { postId: ids['early'] ?? '', network: 'x' }, never);
      await make('draft', 'draft');
      const photo = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#369' } })
        .png()
        .toBuffer();
      mediaId = (await addMedia(old.context, photo, 'A blue harbour', 'test')).id;
      await make('sent', { at: new Date(Date.now() + 4_000) });
      await make('unsent', { at: new Date(Date.now() + 4_000) });
      await make('far', at(3));
      const desk = { kind: 'push', name: 'Desk', url: null, settings: givenSourceSettings.parse({}) } as const;
      ids['source'] = (await addSource(old.context, desk, 'test')).id;
      ids['hook'] = 'hook_1';
      await old.context.database.run(
        `INSERT INTO standfirst.endpoint (id, url, events, secret, created_by, created_at)
         VALUES ('hook_1', 'https://desk.example/hook', '{post.published}', 'sealed', 'test', standfirst.clock())`,
      );
      expect(await runBackup(file, home)).toMatchObject({ code: 0, stderr: '' });
      // What the installation still does after the backup was made.
      await until(
        'being due',
        async () => (await getPost(old.context.database, ids['sent'] ?? ''))!.dueAt! < new Date(),
      );
      await publish(old.context, { postId: ids['sent'] ?? '', network: 'x' }, never);
    });
    afterAll(async () => {
      await old[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    it('holds no token in the clear, and not the key', () => {
      const text = gunzipSync(readFileSync(file)).toString('utf8');
      expect(text).toContain('The draft post.');
      expect(text).not.toContain('1000-token');
      expect(text).not.toContain(xKeys.accessSecret);
      expect(text).not.toContain(Buffer.alloc(32, 7).toString('base64'));
    });

    it('is restored elsewhere and sends nothing twice', { timeout: 240_000 }, async () => {
      const place = await newPlace();
      const restored = await runRestore(file, place);
      expect(restored).toMatchObject({ code: 0, stderr: '' });
      expect(restored.stdout).toContain('to be looked up: 2.');
      expect(restored.stdout).toContain('each to be resumed: 2.');

      await using fresh = await installAt(place, true);
      const state = async (name: string) => (await getPost(fresh.context.database, ids[name] ?? ''))?.state;
      expect(await state('early')).toBe('published');
      expect(await state('draft')).toBe('draft');
      expect(await state('far')).toBe('scheduled');
      const [kept, there] = await Promise.all(
        [old, fresh].map(({ context }) => getMediaBytes(context.database, mediaId)),
      );
      expect(there?.bytes.equals(kept?.bytes ?? Buffer.alloc(0))).toBe(true);
      // What happened before the backup is told to nobody again; what happens now is.
      const readers = await fresh.context.database.pool.query(
        `SELECT (split_part(cursor, '-', 1)::xid8, split_part(cursor, '-', 2)::bigint) >=
                (SELECT tx, seq FROM standfirst.event WHERE subject = $1 ORDER BY seq LIMIT 1) AS past FROM standfirst.event_reader`,
        [ids['early']],
      );
      // Deliveries and the counters: neither tells again what the backup holds.
      expect(readers.rows).toEqual([{ past: true }, { past: true }]);
      await until('finding what was sent', async () => (await state('sent')) === 'published');
      expect(await state('unsent')).toBe('unknown');

      const [hold] = await pageHolds(fresh.context.database, true, { limit: 5, after: null });
      expect(hold).toMatchObject({ scope: 'all', placedBy: 'restore' });
      const reason = expect.stringContaining('Restored from the backup of');
      expect(await getSource(fresh.context.database, ids['source'] ?? '')).toMatchObject({ state: 'paused', reason });
      const hook = await getWebhook(fresh.context.database, ids['hook'] ?? '');
      expect(hook).toMatchObject({ state: 'paused', problem: reason });
      // The one before goes on meanwhile: what comes due under the hold leaves there.
      for (const { context } of [old, fresh]) {
        const due = `UPDATE standfirst.post SET due_at = standfirst.clock(), wake_at = standfirst.clock() WHERE id = $1`;
        await context.database.run(due, [ids['far']]);
      }
      await publish(old.context, { postId: ids['far'] ?? '', network: 'x' }, never);
      await lift(fresh.context, hold?.id ?? '', 'as-planned', 'test');
      await until('finding what was sent meanwhile', async () => (await state('far')) === 'published');
      await settle(fresh.context, ids['unsent'] ?? '', null, { there: false }, 'test');
      await until('sending the rest', async () => (await state('unsent')) === 'published');
      await sleep(500);
      expect(fake.log.map((entry) => entry.text).sort()).toEqual([
        'The early post.',
        'The far post.',
        'The sent post.',
        'The unsent post.',
      ]);
    });

    it('brings back every row as it was', { timeout: 240_000 }, async () => {
      const place = await newPlace();
      expect(await runRestore(file, place)).toMatchObject({ code: 0 });
      const again = join(folder, 'again.jsonl.gz');
      expect(await runBackup(again, place)).toMatchObject({ code: 0 });
      const rowsIn = (path: string): string[] => gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
      const [before, after] = [rowsIn(file), rowsIn(again)];
      // What a restore adds: the hold, the doubt about two posts, the pause of a source and a webhook.
      const isChanged = (row: string): boolean =>
        ['sent', 'unsent', 'source', 'hook'].some((name) => row.includes(`"id": "${ids[name]}"`));
      const missing = before.slice(1, -1).filter((row) => !isChanged(row) && !after.includes(row));
      expect(missing).toEqual([]);
    });

    it(
      'is refused where it is not whole, in a sentence, and leaves the place as it was',
      { timeout: 240_000 },
      async () => {
        const whole = readFileSync(file);
        const text = gunzipSync(whole).toString('utf8');
        const place = await newPlace();
        const spoilt = join(folder, 'spoilt.gz');
        for (const [bytes, words] of [
          [gzipSync(text.slice(0, 3_000)), 'it was cut'],
          [whole.subarray(0, 1_000), 'cannot be unpacked'],
          [gzipSync(text.replace('The draft post.', 'The craft post.')), 'it was changed'],
          [gzipSync('hello\n'), 'not JSON lines'],
          [gzipSync('{"standfirst":"backup","schema":9999,"at":"2031-01-01T00:00:00Z"}\n'), 'of version 9999'],
        ] as const) {
          writeFileSync(spoilt, bytes);
          const refused = await runRestore(spoilt, place);
          expect(refused.code).not.toBe(0);
          expect(refused.stderr).toContain(words);
          expect(refused.stderr.trim().split('\n')).toHaveLength(1);
        }
        expect(await runRestore(file, place)).toMatchObject({ code: 0 });
      },
    );

    it('has a readable sister without any secret', async () => {
      const { code, stdout } = await standfirst(['export', '-'], { env: home });
      expect(code).toBe(0);
      const rows = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { table: string; row: object });
      expect(rows.filter(({ table }) => table === 'post_revision')).toHaveLength(5);
      expect(rows.filter(({ row }) => 'credentials' in row)).toEqual([]);
      expect(stdout).not.toMatch(/v1\.k1\.|token_hash|sf_live_/);
    });

    it('is not read over an installation, nor written over a file', async () => {
      expect(await runRestore(file, home)).toMatchObject({ code: 5 });
      expect(await runBackup(file, home)).toMatchObject({ code: 5 });
    });
  });
}
