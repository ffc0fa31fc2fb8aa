import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { backupTables } from '../../src/store/backup-tables.ts';
import { exported, notExported, writeExport } from '../../src/store/export.ts';
import { openInstallation } from '../api/installation.ts';
import type { Installation } from '../api/installation.ts';

/** Named like a secret, and none: sums of what is public, names that the product gives, and times. */
const HARMLESS = new Set([
  'article.keywords',
  'summary.hashtags',
  'account.credentials_at',
  'attempt.request_hash',
  'attempt.idempotency_key',
  'audit_link.hash',
  'decision.hash',
  'decision.url_key',
  'member.password_at',
  'notice.key',
  'post.approved_hash',
  'post_revision.hash',
  'story_key.key',
  'timeline.key',
]);

let here: Installation;
beforeAll(async () => {
  here = await openInstallation({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
});
afterAll(() => here.close());

describe('the export', () => {
  it('names every table of the database: exported, or left out for a reason', async () => {
    const rows = await here.context.database.many(
      z.object({ name: z.string() }),
      `SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'standfirst'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
    );
    const tables = rows.map(({ name }) => name);
    expect([...Object.keys(exported), ...Object.keys(notExported)].sort()).toEqual(tables);
    for (const reason of Object.values(notExported)) expect(reason).toMatch(/\w{3}/);
  });

  it('can reach every table that it names', async () => {
    const reached = (await backupTables(here.context.database)).map(({ name }) => name);
    expect(Object.keys(exported).filter((name) => !reached.includes(name))).toEqual([]);
  });

  it('leaves out every column that is named like a secret, unless somebody has looked at it', async () => {
    const suspect = (await backupTables(here.context.database))
      .filter(({ name }) => name in exported)
      .flatMap(({ name, columns }) =>
        columns
          .filter((column) => /hash|secret|token|password|credential|sealed|frozen|key/.test(column))
          .filter((column) => exported[name]?.without?.includes(column) !== true)
          .map((column) => `${name}.${column}`),
      );
    expect(suspect.sort()).toEqual([...HARMLESS].sort());
  });

  it('holds comments, images, members, webhooks and the audit, and none of their secrets', async () => {
    const headers = await here.key();
    const ask = async (method: 'POST' | 'GET', url: string, payload?: object): Promise<Record<string, unknown>> => {
      const answer = await here.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
      expect(answer.statusCode, `${url}: ${answer.body}`).toBeLessThan(300);
      return answer.json<Record<string, unknown>>();
    };
    const hook = await ask('POST', '/v1/webhooks', {
      url: 'http://127.0.0.1:9/hook?token=SECRET-IN-THE-ADDRESS',
      events: ['post.published'],
    });
    await ask('POST', '/v1/users', { name: 'Ilse Brandt', role: 'editor' });
    const key = await ask('POST', '/v1/api-keys', { name: 'For the export', scopes: ['posts:read'] });
    const database = here.context.database;
    await database.run(`INSERT INTO standfirst.story (id, title) VALUES ('story_1', 'The ferry')`);
    await ask('POST', '/v1/stories/story_1/comments', { text: 'Ask the harbour master.' });
    const share = await ask('POST', '/v1/stories/story_1/shares', {});
    await database.run(
      `INSERT INTO standfirst.media (id, type, width, height, size, bytes, created_by) VALUES ('media_1', 'image/png', 1, 1, 3, '\\x010203', 'test')`,
    );

    const lines: string[] = [];
    const rows = await writeExport(database, async (line) => void lines.push(line));
    expect(rows).toBe(lines.length);
    const of = (table: string): Record<string, unknown>[] =>
      lines
        .map((line) => JSON.parse(line) as { table: string; row: Record<string, unknown> })
        .filter((line) => line.table === table)
        .map((line) => line.row);

    expect(of('comment')).toMatchObject([{ text: 'Ask the harbour master.' }]);
    expect(of('media')).toMatchObject([{ id: 'media_1', bytes: '\\x010203' }]);
    expect(of('member').map(({ name }) => name)).toContain('Ilse Brandt');
    expect(of('endpoint')).toMatchObject([{ url: 'http://127.0.0.1:9/hook?…' }]);
    expect(of('audit').map(({ action }) => action)).toContain('member.invited');
    expect(of('share')).toHaveLength(1);

    const text = lines.join('\n');
    const shown = JSON.stringify([hook, key['secret'], share]);
    const secrets = [...shown.matchAll(/(whsec_[\w+/=]{8,}|sf_live_\w{8,}|\/share\/([\w-]{8,}))/g)].map(
      (found) => found[2] ?? found[1] ?? '',
    );
    expect(secrets.length).toBeGreaterThanOrEqual(3);
    for (const secret of [...secrets, 'SECRET-IN-THE-ADDRESS']) expect(text).not.toContain(secret);
  });
});
