import { expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../src/store/database.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';

const row = z.object({ jit: z.string() });

describeWith(['postgres'], 'a pool on PostgreSQL', () => {
  it('has no statement compiled on any of its connections, where the server would', async () => {
    const pool = openDatabase({ connectionString: await freshDatabase(), max: 3 });
    const own = await pool.connect();
    const asked = await Promise.all(
      Array.from({ length: 3 }, () => pool.one(row, 'SELECT pg_sleep(0.05), current_setting($1) AS jit', ['jit'])),
    );
    expect(asked.map((one) => one?.jit)).toEqual(['off', 'off', 'off']);
    expect((await own.query<{ jit: string }>('SHOW jit')).rows[0]?.jit).toBe('on');
    await own.end();
    await pool.close();
  });

  it.each([
    ['off', 'on'],
    ['remote_apply', 'remote_apply'],
  ])('waits until a commit is on the disk, where its server’s commits are %s', async (given, expected) => {
    const url = new URL(await freshDatabase());
    url.searchParams.set('options', `-c synchronous_commit=${given}`);
    const pool = openDatabase({ connectionString: url.href, max: 1 });
    const commits = z.object({ commits: z.string() });
    expect(await pool.one(commits, 'SELECT current_setting($1) AS commits', ['synchronous_commit'])).toEqual({
      commits: expected,
    });
    await pool.close();
  });
});
