import { expect, it } from 'vitest';
import { describeWith } from '../servers/backends.ts';
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
    await expect.poll(async () => (await send('first')).statusCode, { timeout: 10_000 }).toBe(201);
    await here.close();
  });
});
