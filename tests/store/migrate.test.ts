import { expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
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
