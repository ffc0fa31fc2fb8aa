import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import { type ServerName, mustRunAll, whyMissing } from './binaries.ts';
import { freshDataFolder } from './data-folder.ts';
import { freshDatabase, sayLeftOut } from './databases.ts';
import { startRedis } from './redis.ts';

export type BackendName = 'redis+postgres' | 'postgres' | 'embedded';

/** Readable once the suite's hooks have run: inside `it`, `beforeAll` and `beforeEach`. */
export interface Backend {
  readonly name: BackendName;
  readonly databaseUrl: string;
  /** `null` where the queue lives in the database. */
  readonly redisUrl: string | null;
}

const NEEDS: Record<BackendName, readonly ServerName[]> = {
  'redis+postgres': ['redis', 'postgres'],
  postgres: ['postgres'],
  embedded: [],
};

/**
 * Runs one suite on each of the ways the product is run, each with an empty database of its own.
 * @param only to leave a backend out for a reason that the suite's name gives.
 */
export function describeBackends(
  name: string,
  suite: (backend: Backend) => void,
  only: readonly BackendName[] = ['redis+postgres', 'postgres', 'embedded'],
): void {
  for (const backend of only) {
    describeWith(NEEDS[backend], `${name} on ${backend}`, () => {
      const state = { name: backend, databaseUrl: '', redisUrl: null as string | null };
      let stack: AsyncDisposableStack;
      beforeAll(async () => {
        stack = new AsyncDisposableStack();
        if (backend === 'embedded') state.databaseUrl = await embedded(stack);
        else state.databaseUrl = await freshDatabase();
        if (backend === 'redis+postgres') state.redisUrl = stack.use(await startRedis()).url;
      });
      afterAll(() => stack.disposeAsync());
      suite(state);
    });
  }
}

async function embedded(stack: AsyncDisposableStack): Promise<string> {
  const dataDir = await freshDataFolder();
  stack.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  return stack.use(await openEmbedded({ dataDir })).connectionString;
}

/** `describe` for a suite that needs servers: left out, and said so at the end, where this machine has none. */
export function describeWith(servers: readonly ServerName[], name: string, suite: () => void): void {
  const why = servers.map(whyMissing).find((reason) => reason !== undefined);
  if (why === undefined) {
    describe(name, suite);
  } else if (mustRunAll) {
    it(`${name}: has the servers it needs`, () => {
      throw new Error(`With CI=true nothing may be left out, but there is ${why}.`);
    });
  } else {
    describe(name, () => {
      it('is left out on this machine', async (context) => {
        await sayLeftOut(`${name}: ${why}`);
        context.skip(why);
      });
    });
  }
}
