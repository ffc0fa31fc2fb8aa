import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** 250 kB are promised, and what is added tomorrow needs room. */
const MOST_BYTES = 240_000;

/** The page, the Desk, and what it asks for by itself where it has work: what judges the posts, the reasons, the notices. */
const begins = [
  'index.html',
  'screens/desk/desk.tsx',
  'screens/desk/facts.ts',
  'parts/why.tsx',
  'shell/notices-list.tsx',
  'parts/tip.tsx',
];

it('asks for little script before the Desk is there: what is pressed later is loaded later', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'standfirst-first-load-'));
  try {
    const build = ['build', 'src/dashboard', '--outDir', folder, '--manifest', 'manifest.json', '--logLevel', 'warn'];
    // The runner of the tests says `test`, and React would be the slow one for its developers.
    const env = { ...process.env, NODE_ENV: 'production' };
    const built = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', ...build], { cwd: root, env });
    expect(built.stderr.toString()).toBe('');
    const chunks = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<string, Chunk>;
    const wanted = new Set<string>();
    const want = (name: string): void => {
      if (wanted.has(name)) return;
      wanted.add(name);
      for (const other of chunks[name]?.imports ?? []) want(other);
    };
    for (const begin of begins) {
      expect(Object.keys(chunks)).toContain(begin);
      want(begin);
    }
    const sent = [...wanted].map((name) => stat(join(folder, `${chunks[name]?.file ?? ''}.br`)));
    const bytes = (await Promise.all(sent)).reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
