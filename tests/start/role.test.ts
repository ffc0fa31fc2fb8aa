import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startServer } from '../faults/processes.ts';
import { describeWith } from '../servers/backends.ts';
import { freshDatabase } from '../servers/databases.ts';

/** Says the address of every module that is loaded. */
const TELL_LOADED = `data:text/javascript,import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) { console.log('loaded ' + url); return next(url, context); } });`;

/** Parts of the addresses of what a process of this role loaded until it was ready. */
async function loadedBy(role: 'api' | 'worker'): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'standfirst-role-'));
  const env = { PORT: '0', STANDFIRST_DATA: dataDir, DATABASE_URL: await freshDatabase() };
  const server = await startServer(env, role, 60_000, ['--import', TELL_LOADED]);
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return server.lines.filter((line) => line.startsWith('loaded ')).join('\n');
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
];

describeWith(['postgres'], 'a process that has just started', () => {
  it.each([
    { role: 'worker', has: '/src/pipeline/publish.ts', not: ['/src/api/api.ts', '/src/mcp/', 'node_modules/fastify/'] },
    { role: 'api', has: '/src/api/api.ts', not: ['/workers/run.ts', '/src/pipeline/publish.ts'] },
  ] as const)('as $role has loaded what this role needs, and nothing else', async ({ role, has, not }) => {
    const loaded = await loadedBy(role);
    expect(loaded).toContain(has);
    expect([...not, ...forLater].filter((part) => loaded.includes(part))).toEqual([]);
  });
});
