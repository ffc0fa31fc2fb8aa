import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startServer } from '../faults/processes.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';

/** Says the address of every module that is loaded, and how large the young generation of the heap is by then, in bytes. */
const TELL_LOADED = `data:text/javascript,import { registerHooks } from 'node:module';
import { getHeapSpaceStatistics } from 'node:v8';
const young = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size;
registerHooks({ load(url, context, next) { console.log('loaded ' + young() + ' ' + url); return next(url, context); } });`;

/** What a process of this role loaded until it was ready. */
async function loadedBy(role: 'api' | 'worker'): Promise<{ urls: string; youngBytes: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-role-'));
  const env = { PORT: '0', STANDFIRST_DATA: dataDir, DATABASE_URL: await freshDatabase() };
  const server = await startServer(env, role, 60_000, ['--import', TELL_LOADED]);
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  const loaded = server.lines.map((line) => line.split(' ')).filter(([word]) => word === 'loaded');
  return {
    urls: loaded.map(([, , url]) => url).join('\n'),
    youngBytes: Math.max(...loaded.map(([, bytes]) => Number(bytes))),
  };
}

/** Of each, megabytes; needed by whoever looks at a page, an article or an image, and then loaded. */
const forLater = [
  'node_modules/sharp/',
  'node_modules/linkedom/',
  'node_modules/vite/',
  'node_modules/@scalar/',
  'node_modules/@bull-board/',
  'node_modules/@modelcontextprotocol/',
  'node_modules/@simplewebauthn/',
  'node_modules/@prometheus-io/',
  'node_modules/nodemailer/',
  'node_modules/twitter-api-v2/',
  'node_modules/nostr-tools/',
  'node_modules/csv-parse/',
  'node_modules/htmlparser2/',
  'node_modules/ajv/',
];

/** A few times the first size of the young generation, with a page or two more by chance; V8 doubles it up to 32 MB and more while what it finds there stays alive. */
const YOUNG_BYTES = 8 * 1024 * 1024;

describeWith(['postgres'], 'a process that has just started', () => {
  it.each([
    {
      role: 'worker',
      has: ['/src/pipeline/publish.ts', 'node_modules/undici/'],
      not: ['/src/api/api.ts', '/src/mcp/', 'node_modules/fastify/'],
    },
    {
      role: 'api',
      has: ['/src/api/api.ts'],
      not: ['/workers/run.ts', '/src/pipeline/publish.ts', 'node_modules/undici/'],
    },
  ] as const)(
    'as $role has loaded what this role needs, and nothing else',
    { timeout: 240_000 },
    async ({ role, has, not }) => {
      const { urls, youngBytes } = await loadedBy(role);
      expect(has.filter((part) => !urls.includes(part))).toEqual([]);
      expect([...not, ...forLater].filter((part) => urls.includes(part))).toEqual([]);
      expect(youngBytes).toBeLessThanOrEqual(YOUNG_BYTES);
    },
  );
});
