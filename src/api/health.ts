import { z } from 'zod';
import { listMigrations } from '../store/migrate.ts';
import type { Api, ApiContext } from './parts.ts';

/** Longest that one check may take: a probe that hangs is worse than one that fails. */
const CHECK_MS = 2_000;

const version = z.object({ version: z.number() });

/** `/healthz`: the process answers. `/readyz`: it can do its work; 503 names what is missing. */
export function healthRoutes(app: Api, context: ApiContext): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const checks = {
      database: await problemOf(async () => {
        await context.database.run('SELECT 1');
      }),
      migrations: await problemOf(() => checkMigrations(context)),
      queue: await problemOf(async () => void (await context.backend.check())),
    };
    const isReady = Object.values(checks).every((problem) => problem === null);
    const shown = Object.fromEntries(Object.entries(checks).map(([name, problem]) => [name, problem ?? 'ok']));
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ready' : 'not ready', checks: shown });
  });
}

async function checkMigrations({ database }: ApiContext): Promise<void> {
  const newest = listMigrations().at(-1)?.version ?? 0;
  const row = await database.one(version, 'SELECT coalesce(max(version), 0) AS version FROM standfirst.migration');
  if (row?.version !== newest) {
    throw new Error(`The database is at version ${row?.version ?? 0}, this standfirst needs ${newest}.`);
  }
}

async function problemOf(check: () => Promise<void>): Promise<string | null> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`No answer within ${CHECK_MS} ms.`)), CHECK_MS);
  try {
    await Promise.race([check(), late]);
    return null;
  } catch (error) {
    return error instanceof Error && error.message !== '' ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
