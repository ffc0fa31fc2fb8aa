import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFile, checkProject, networkIds } from './rooms/check.ts';
import { readSource } from './rooms/read-source.ts';

const ids = ['x', 'sandbox'];

describe('the map of rooms', () => {
  it('holds for every line of the project', () => {
    expect(checkProject(join(import.meta.dirname, '..')).join('\n')).toBe('');
  });
});

describe('the room test itself', () => {
  it.each([
    ['a room above', 'src/text/a.ts', `import { b } from '../store/b.ts';`, 'text may not import store'],
    ['a room above, by a name', 'src/domain/a.ts', `export * from '../text/b.ts';`, 'domain may not import text'],
    ['a room beside', 'src/store/a.ts', `import type { B } from '../networks/b.ts';`, 'store may not import networks'],
    ['a room above, late', 'src/http/a.ts', `const b = await import('../api/b.ts');`, 'http may not import api'],
    ['the settings', 'src/api/a.ts', `import { env } from '../../config/env.ts';`, 'api may not import config'],
    ['the whole context', 'src/pipeline/a.ts', `import { c } from '../context.ts';`, 'pipeline may not import context'],
    ['the dashboard', 'src/api/a.ts', `import { d } from '../dashboard/d.ts';`, 'api may not import dashboard'],
    ['the API', 'src/dashboard/a.tsx', `import { d } from '../api/d.ts';`, 'dashboard may not import api'],
    ['another step', 'src/pipeline/ingest.ts', `import { c } from './compose.ts';`, 'the step ingest imports'],
    ['the queue', 'src/pipeline/a.ts', `import { Queue } from 'bullmq';`, 'imports bullmq'],
    ['the database', 'src/api/a.ts', `import pg from 'pg';`, 'imports pg'],
    ['an HTTP client', 'src/networks/a.ts', `import { request } from 'node:https';`, 'imports node:https'],
    ['the disk', 'src/text/a.ts', `import { readFileSync } from 'node:fs';`, 'imports node:fs'],
    ['a small thing of the programs', 'src/api/a.ts', `import { v } from '../version.ts';`, 'api may not import root'],
    ['a room that is none', 'src/utils/a.ts', ``, '"utils" is no room'],
  ])('sees an import of %s', (_, file, text, sentence) => {
    expect(checkFile(file, `// first line\n\n${text}`, ids).join()).toContain(sentence);
  });

  it.each([
    ['src/store/a.ts', 'const home = process.env.HOME;', 'process.env is read in config/env.ts only'],
    ['src/pipeline/a.ts', 'const now = Date.now();', 'the time is an input'],
    ['src/pipeline/a.ts', 'const now = new Date();', 'the time is an input'],
    ['src/store/a.ts', 'const id = randomUUID();', 'chance is an input'],
    ['src/jobs/a.ts', 'const wait = Math.random() * 5;', 'chance is an input'],
    ['src/sources/a.ts', 'const page = await fetch(url);', 'requests leave by the guarded door'],
    ['src/text/a.ts', 'export async function a() {}', 'thinking does not wait'],
    ['src/api/a.tsx', 'export const a = 1;', 'JSX lives in dashboard/ only'],
    ['src/pipeline/a.ts', `if (id === 'x') return;`, 'names the network "x"'],
    ['src/api/a.ts', 'const id = `sandbox`;', 'names the network "sandbox"'],
    ['src/dashboard/a.tsx', `return <b>Don't {id === "x"}</b>;`, 'names the network "x"'],
    ['workers/a.ts', `import { Worker } from 'bullmq';\nconst a = { attempts: 3 };`, 'the one retry system'],
    ['src/jobs/a.ts', `import { Queue } from 'bullmq';\nconst a = { attempts: 1, backoff: 5 };`, 'one retry system'],
    ['workers/a.ts', `import { Worker } from 'bullmq';\nconst a = { limiter: { max: 1 } };`, 'holds up every account'],
  ])('sees in %s: %s', (file, text, sentence) => {
    expect(checkFile(file, text, ids).join()).toContain(sentence);
  });

  it.each([
    ['src/text/a.ts', `import { a } from '../domain/a.ts';\nimport { b } from './b.ts';`],
    ['src/networks/x.ts', `import { y } from '../http/y.ts';\nexport const id = 'x';`],
    ['src/store/a.ts', `import pg from 'pg';\nimport { log } from '../logger.ts';`],
    [
      'src/cli/a.ts',
      `import { c } from '../context.ts';\nimport about from '../../package.json' with { type: 'json' };`,
    ],
    ['src/context.ts', `import { env } from '../config/env.ts';\nconst now = () => new Date(Date.now());`],
    ['config/env.ts', 'const home = process.env.HOME;'],
    ['src/jobs/a.ts', `import { Queue } from 'bullmq';\nconst a = { attempts: 1 };`],
    ['src/pipeline/a.ts', `const at = new Date(0);\nconst got = await io.fetch(url); // fetch(url), process.env, 'x'`],
    ['src/pipeline/a.ts', `const words = "Date.now() and process.env"; const more = \`fetch(\${words})\`;`],
    ['src/dashboard/a.tsx', `const now = Date.now(); void fetch('/v1/posts');`],
    ['src/api/a.ts', 'const axis = 10 / x; const other = x / 2; const word = "fx";'],
  ])('lets stand what is right in %s', (file, text) => {
    expect(checkFile(file, text, ids)).toEqual([]);
  });

  it('tells the file and the line', () => {
    const text = `/* two\n lines */\nconst a = /['"\`]/u;\nconst b = \`\${[\n'y'].map((c) => \`\${c}'\`)}\`;\nDate.now();`;
    expect(checkFile('src/api/a.ts', text, ids)).toEqual([
      'src/api/a.ts:6: the time is an input: take io.now as an argument.',
    ]);
  });

  it('reads the ids from the registry’s imports', () => {
    const registry = `import type { Network } from './network.ts';\nimport { x } from './x.ts';\nimport { sandbox } from './sandbox.ts';`;
    expect(networkIds(registry)).toEqual(['x', 'sandbox']);
  });

  it('keeps every line of a file in its place', () => {
    const text = `const a = 'b\\'c'; // d\n/* e */ const f = \`g\${h}\ni\`;\n`;
    const { code, texts } = readSource(text);
    expect(code).toHaveLength(text.length);
    expect(code).toBe(`const a =       ;     \n        const f =     h \n  ;\n`);
    expect(texts).toEqual([{ value: `b\\'c`, line: 1, isImport: false }]);
  });
});
