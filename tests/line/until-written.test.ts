import { expect, it } from 'vitest';
import { untilWritten } from '../../src/pipeline/until-written.ts';
import { openDatabase } from '../../src/store/database.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';

describeWith(['postgres'], 'an answer of a network', () => {
  it('is written down when a database that only reads takes writes again', async () => {
    const database = openDatabase({ connectionString: await freshDatabase(), max: 1 });
    await database.run('CREATE TABLE answer (text text)');
    await database.run('SET default_transaction_read_only = on');
    let tries = 0;
    const written = untilWritten(async () => {
      tries += 1;
      return database.run(`INSERT INTO answer VALUES ('published')`);
    });
    await expect.poll(() => tries).toBeGreaterThan(1);
    await database.run('SET default_transaction_read_only = off');
    expect(await written).toBe(1);
    await database.close();
  });

  it('is written down when a disk that was full has room again', async () => {
    // https://www.postgresql.org/docs/18/errcodes-appendix.html (disk_full)
    const full = Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' });
    const answers = [full, full];
    const written = untilWritten(async () => {
      const error = answers.pop();
      if (error !== undefined) throw error;
      return 'written';
    });
    expect(await written).toBe('written');
  });

  it('is given up where the database will never take it', async () => {
    const database = openDatabase({ connectionString: await freshDatabase(), max: 1 });
    await expect(untilWritten(() => database.run('INSERT INTO nowhere VALUES (1)'))).rejects.toThrow('does not exist');
    await database.close();
  });
});
