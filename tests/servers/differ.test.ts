import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesThatDiffer } from './differ.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'standfirst-differ-'));
});
afterAll(() => rmSync(root, { recursive: true }));

it('takes whoever may ask for a server, by whichever way, and leaves out who cannot', () => {
  const files = {
    'servers/databases.ts': '',
    'servers/backends.ts': `import { freshDatabase } from './databases.ts';`,
    'servers/servers.test.ts': '',
    'helper.ts': `import { freshDatabase } from './servers/databases.ts';`,
    'a/asks.test.ts': `import { freshDatabase } from '../servers/databases.ts';`,
    'a/by-a-helper.test.ts': `import { help } from '../helper.ts';`,
    'a/as-a-program.test.ts': `spawn('node', ['tests/helper.ts']);`,
    'a/computed.test.ts': 'await import(name);',
    'a/some/asks.ts': `import { freshDatabase } from '../../servers/databases.ts';`,
    'a/of-a-folder.test.ts': 'await import(`./some/${name}.ts`);',
    'a/none/asks-not.ts': '',
    'a/of-another-folder.test.ts': 'await import(`./none/${name}.ts`);',
    'a/environment.test.ts': `const is = process.env['TEST_SERVERS'];`,
    'a/not-there.test.ts': `import { gone } from './gone.ts';`,
    'a/in-a-comment.test.ts': `// import { freshDatabase } from '../servers/databases.ts';`,
    'a/on-each-backend.test.ts': `import { describeBackends } from '../servers/backends.ts';`,
    'a/round.ts': `import { b } from './in-a-round.test.ts';`,
    'a/in-a-round.test.ts': `import { a } from './round.ts';`,
    'a/only-computes.test.ts': `import { it } from 'vitest';\nconst { a } = await import('./round.ts');`,
  };
  for (const [name, text] of Object.entries(files)) {
    const file = join(root, 'tests', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(filesThatDiffer(root)).toEqual(
    [
      'a/as-a-program.test.ts',
      'a/asks.test.ts',
      'a/by-a-helper.test.ts',
      'a/computed.test.ts',
      'a/environment.test.ts',
      'a/not-there.test.ts',
      'a/of-a-folder.test.ts',
      'servers/servers.test.ts',
    ].map((file) => join('tests', file)),
  );
});
