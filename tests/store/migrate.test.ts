import { expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { ANY_EMBARGO, LAST_EMBARGO } from '../../src/store/embargo.ts';
import { listMigrations, migrate, pendingFrom } from '../../src/store/migrate.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';

describeWith(['postgres'], 'migrations', () => {
  const newest = listMigrations().at(-1)?.version ?? 0;

  it('are numbered without gaps', () => {
    expect(listMigrations().map((migration) => migration.version)).toEqual(
      Array.from({ length: newest }, (_, n) => n + 1),
    );
  });

  it('run once, although several processes start at the same moment', async () => {
    const connectionString = await freshDatabase();
    const databases = Array.from({ length: 4 }, () => openDatabase({ connectionString, max: 2 }));
    const [first] = databases as [Database];
    expect(await pendingFrom(first)).toBe(0);
    const ran = await Promise.all(databases.map((database) => migrate(database)));
    expect(ran.map((one) => one.from).sort()).toEqual([0, newest, newest, newest]);
    expect(await pendingFrom(first)).toBeNull();
    await Promise.all(databases.map((database) => database.close()));
  });

  it('find out of what was written down which hand each older key is of', async () => {
    const database = openDatabase({ connectionString: await freshDatabase(), max: 2 });
    const people = listMigrations().find(({ name }) => name === 'people')?.version ?? 0;
    await migrate(database, people - 1);
    await database.run(`INSERT INTO standfirst.member (id, name, role) VALUES ('user_ilse', 'Ilse', 'admin')`);
    for (const [id, maker, member] of [
      ['key_local', 'first-run', null],
      ['key_cms', 'key_local', null],
      ['key_deep', 'key_cms', null],
      ['key_other', 'cli', null],
      ['key_ilse', 'user_ilse', 'user_ilse'],
      ['key_hers', 'key_ilse', 'user_ilse'],
    ] as const) {
      await database.run(
        `INSERT INTO standfirst.api_key (id, name, hash, scopes, member_id) VALUES ($1, $1, $1, '{}', $2)`,
        [id, member],
      );
      await database.run(
        `INSERT INTO standfirst.event (type, subject, actor, data) VALUES ('api-key.created', $1, $2, '{}')`,
        [id, maker],
      );
    }
    // The stream of events is forgotten after a while; the audit is not.
    await database.run(`DELETE FROM standfirst.event WHERE subject IN ('key_cms', 'key_local')`);
    await migrate(database);
    const rows = await database.many(
      z.object({ id: z.string(), person: z.string() }),
      'SELECT id, person FROM standfirst.api_key ORDER BY id',
    );
    expect(Object.fromEntries(rows.map(({ id, person }) => [id, person]))).toEqual({
      key_local: 'key_local',
      key_cms: 'key_local',
      key_deep: 'key_local',
      key_other: 'key_other',
      key_ilse: 'user_ilse',
      key_hers: 'user_ilse',
    });
    await database.close();
  });

  it('know of the embargoes that were set before the last one was kept', async () => {
    const database = openDatabase({ connectionString: await freshDatabase(), max: 2 });
    const kept = listMigrations().find(({ name }) => name === 'last_embargo')?.version ?? 0;
    await migrate(database, kept - 1);
    await database.run(
      `INSERT INTO standfirst.story (id, title, embargo_until)
       VALUES ('story_1', 'Weir', '2124-03-01T08:00:00+02'), ('story_2', 'Lock', '2123-03-01T08:00Z'), ('story_3', 'Ferry', NULL)`,
    );
    await migrate(database);
    const row = z.object({ value: z.string(), isAny: z.boolean() });
    const setting = `SELECT value #>> '{}' AS value, ${ANY_EMBARGO} AS "isAny" FROM standfirst.setting WHERE key = $1`;
    expect(await database.one(row, setting, [LAST_EMBARGO])).toEqual({
      value: '2124-03-01T06:00:00.000Z',
      isAny: true,
    });
    await database.close();
  });

  it('refuse a database that a newer standfirst has written, and leave it as it is', async () => {
    const database = openDatabase({ connectionString: await freshDatabase(), max: 2 });
    await migrate(database);
    await database.run(`INSERT INTO standfirst.migration (version, name) VALUES (9999, 'from_the_future')`);
    await expect(migrate(database)).rejects.toThrow(
      /at version 9999, this standfirst knows \d+.*Start the newer standfirst, or restore a backup/,
    );
    const row = await database.one(
      z.object({ most: z.number() }),
      'SELECT max(version) AS most FROM standfirst.migration',
    );
    expect(row?.most).toBe(9999);
    await database.close();
  });
});
