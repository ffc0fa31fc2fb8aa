import { afterAll, beforeAll, expect, it } from 'vitest';
import { isDatabaseAway, openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { startProxy } from '../faults/proxy.ts';
import type { Proxy } from '../faults/proxy.ts';
import { describeBackends } from '../servers/backends.ts';

/** Ten seconds where nothing is said. */
const PATIENCE_MS = 3_000;

describeBackends(
  'a database whose link stands on one side only',
  (backend) => {
    let link: Proxy;
    let database: Database;
    beforeAll(async () => {
      const url = new URL(backend.databaseUrl);
      link = await startProxy(Number(url.port));
      url.port = String(link.port);
      database = openDatabase({ connectionString: url.toString(), max: 2, answerWithinMs: PATIENCE_MS });
    });
    afterAll(async () => {
      await database.close();
      await link[Symbol.asyncDispose]();
    });

    it('is given up in time, in a statement as in a transaction, and found again without a restart', async () => {
      await database.run('SELECT 1');
      link.halfOpen(true);
      const from = performance.now();
      const lost = await Promise.allSettled([
        database.run('SELECT 2'),
        database.transaction((sql) => sql.run('SELECT 3')),
      ]);
      expect(performance.now() - from).toBeLessThan(PATIENCE_MS * 8);
      expect(lost.map((one) => one.status === 'rejected' && isDatabaseAway(one.reason))).toEqual([true, true]);
      link.halfOpen(false);
      await expect.poll(() => database.run('SELECT 4').catch(() => 0)).toBe(1);
      expect(await database.transaction((sql) => sql.run('SELECT 5'))).toBe(1);
    });
  },
  ['postgres', 'embedded'],
);
