import { expect, it } from 'vitest';
import { describeWith } from '../servers/backends.ts';
import pg from 'pg';
import { startProxy } from '../faults/proxy.ts';
import { freshDatabase } from '../servers/databases.ts';
import { startPostgres } from '../servers/postgres.ts';
import { openInstallation, problemOf } from './installation.ts';

describeWith(['postgres'], 'a database that goes away', () => {
  it('is told as 503 with when to come back, and the API goes on by itself when it is there again', async () => {
    await using postgres = await startPostgres({ settings: { fsync: 'off' } });
    const here = await openInstallation({ DATABASE_URL: await postgres.createDatabase() });
    const headers = await here.key();
    const send = (key: string) =>
      here.app.inject({
        method: 'POST',
        url: '/v1/posts',
        headers: { ...headers, 'idempotency-key': key },
        payload: { accountIds: [here.sandboxId], text: 'A ferry is late.' },
      });
    await postgres.kill();

    const answer = await send('first');
    expect(answer.statusCode).toBe(503);
    expect(problemOf(answer)).toMatchObject({ type: '/problems/unavailable', title: 'Not available at the moment' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const ready = await here.app.inject({ url: '/readyz' });
    expect(ready.statusCode).toBe(503);
    expect(ready.json<{ checks: { database: string } }>().checks.database).not.toBe('ok');
    expect((await here.app.inject({ url: '/healthz' })).statusCode).toBe(200);

    await postgres.restart();
    // The key was never taken, so the very same request may be sent again.
    await expect.poll(async () => (await send('first')).statusCode).toBe(201);
    await here.close();
  });

  it('is told as 503 where it only reads', async () => {
    const url = new URL(await freshDatabase());
    const here = await openInstallation({ DATABASE_URL: url.href });
    const headers = { ...(await here.key()), 'idempotency-key': 'reads' };
    const payload = { accountIds: [here.sandboxId], text: 'A ferry is late.' };
    const send = () => here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
    const { database } = here.context;
    // For every connection from now on; those that stand are ended.
    await database.run(`ALTER DATABASE "${url.pathname.slice(1)}" SET default_transaction_read_only = on`);
    await database
      .run('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()')
      .catch(() => 0);
    await expect.poll(async () => problemOf(await send()).detail).toMatch(/takes no writes at the moment/);
    expect((await send()).statusCode).toBe(503);
    await here.close();
  });

  it('after a commit whose answer was lost, says so, and makes no second post of the same key', async () => {
    await using postgres = await startPostgres({ settings: { fsync: 'off' } });
    await using link = await startProxy(postgres.port);
    const direct = await postgres.createDatabase();
    const through = new URL(direct);
    through.port = String(link.port);
    const here = await openInstallation({ DATABASE_URL: through.toString() });
    const headers = { ...(await here.key()), 'idempotency-key': 'lost' };
    const payload = { accountIds: [here.sandboxId], text: 'A ferry is late.' };
    const send = () => here.app.inject({ method: 'POST', url: '/v1/posts', headers, payload });
    const client = new pg.Client({ connectionString: direct });
    await client.connect();
    // The commit itself waits for the test, and meanwhile the link falls silent: it is done, and nobody hears of it.
    await client.query(`
      CREATE FUNCTION public.slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NEW; END $$;
      CREATE CONSTRAINT TRIGGER slowly AFTER INSERT ON standfirst.post DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION public.slowly();
      SELECT pg_advisory_lock(7)`);
    const asked = send();
    const rowCount = async (sql: string) => (await client.query(sql)).rowCount;
    await expect.poll(() => rowCount(`SELECT FROM pg_stat_activity WHERE wait_event = 'advisory'`)).toBe(1);
    link.deafen(true);
    await client.query('SELECT pg_advisory_unlock(7)');
    await expect.poll(() => rowCount('SELECT FROM standfirst.post')).toBe(1);
    link.cut();
    link.deafen(false);

    const answer = await asked;
    expect(answer.statusCode).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const again = await send();
    expect(again.statusCode).toBe(409);
    expect(problemOf(again).detail).toContain('look whether it was carried out');
    expect((await client.query('SELECT FROM standfirst.post')).rowCount).toBe(1);
    await client.end();
    await here.close();
  });

  it('is not what is told where it gave a statement up', async () => {
    await using postgres = await startPostgres({ settings: { fsync: 'off' } });
    const here = await openInstallation({ DATABASE_URL: await postgres.createDatabase() });
    await here.context.database.run(`CREATE FUNCTION standfirst.give_up() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE query_canceled; END $$`);
    await here.context.database.run(
      `CREATE TRIGGER give_up BEFORE INSERT ON standfirst.hold FOR EACH ROW EXECUTE FUNCTION standfirst.give_up()`,
    );
    const answer = await here.app.inject({
      method: 'POST',
      url: '/v1/holds',
      headers: await here.key(),
      payload: { scope: 'all', reason: 'A check.' },
    });
    expect(answer.statusCode).toBe(503);
    expect(problemOf(answer).detail).toMatch(/^The database took longer over a statement than it may, and gave it up/);
    await here.close();
  });
});
