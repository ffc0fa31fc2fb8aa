import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { readEnv } from '../../config/env.ts';
import { settingsFrom } from '../../config/settings.ts';
import type { Scope } from '../../src/api/access.ts';
import { buildApi } from '../../src/api/api.ts';
import { createApiKey, prepareFirstRun } from '../../src/api/first-run.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import { openContext } from '../../src/context.ts';
import type { Context, OpenOptions } from '../../src/context.ts';
import { mountMcp } from '../../src/mcp/http.ts';
import { ensureSandbox } from '../../src/pipeline/accounts.ts';
import { version } from '../../src/version.ts';
import { whyMissing } from '../servers/binaries.ts';
import { freshDataFolder } from '../servers/data-folder.ts';
import { freshDatabase } from '../servers/databases.ts';

/**
 * An installation with an empty database and no worker: the API as it is, asked without a port. On the PostgreSQL that the
 * run shares, or on the embedded one where this machine has none.
 */
export interface Installation {
  readonly app: FastifyInstance;
  readonly context: Context;
  /** Id of the sandbox account. */
  readonly sandboxId: string;
  /** Makes a key and answers the header that carries it. */
  key(scopes?: readonly Scope[], isTest?: boolean): Promise<Record<string, string>>;
  /** Signs in as the admin and answers the cookie, as `name=value`. */
  signIn(): Promise<string>;
  close(): Promise<void>;
}

export async function openInstallation(
  env: Record<string, string> = {},
  options: OpenOptions = {},
): Promise<Installation> {
  const isEmbedded = env['DATABASE_URL'] === undefined && whyMissing('postgres') !== undefined;
  const dataDir = isEmbedded ? await freshDataFolder() : await mkdtemp(join(tmpdir(), 'standfirst-api-'));
  const settings = settingsFrom(
    readEnv({
      ...(isEmbedded ? {} : { DATABASE_URL: env['DATABASE_URL'] ?? (await freshDatabase()) }),
      STANDFIRST_DATA: dataDir,
      STANDFIRST_LOG_LEVEL: 'silent',
      STANDFIRST_TIME_ZONE: 'Europe/Bucharest',
      ...env,
    }),
    isEmbedded ? 'all' : 'api',
  );
  const context = await openContext(settings, options);
  await ensureSandbox(context);
  const dashboardDir = join(dataDir, 'no-page');
  const app = await buildApi(context, { version, dashboardDir, mounts: [mountMcp] });
  const key: Installation['key'] = async (scopes, isTest = false) => {
    const { secret } = await createApiKey(
      context,
      { name: 'test', isTest, ...(scopes === undefined ? {} : { scopes }) },
      'test',
    );
    return { authorization: `Bearer ${secret}` };
  };
  const accounts = await app.inject({ url: '/v1/accounts', headers: await key() });
  return {
    app,
    context,
    sandboxId: accounts.json<{ data: { id: string }[] }>().data[0]?.id ?? '',
    key,
    async signIn() {
      const { signInPath } = await prepareFirstRun(context);
      const answer = await app.inject({
        method: 'POST',
        url: '/sign-in',
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' },
        payload: signInPath.split('?')[1] ?? '',
      });
      return String(answer.headers['set-cookie']).split(';')[0] ?? '';
    },
    async close() {
      await app.close();
      await context.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** The problem in an answer, after a look at its type. */
export function problemOf(answer: LightMyRequestResponse): Problem {
  if (!String(answer.headers['content-type']).startsWith('application/problem+json')) {
    throw new Error(`Not a problem: ${answer.statusCode} ${answer.body.slice(0, 500)}`);
  }
  return answer.json<Problem>();
}
