// What `npm pack` ships: JavaScript with declarations, for `import` and for `require`.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const compile = (...more) =>
  execFileSync(process.execPath, ['../../bin/node.mjs', '../../node_modules/typescript/bin/tsc', '-p', '.', ...more], {
    cwd: here,
    stdio: 'inherit',
  });
rmSync(`${here}/dist`, { recursive: true, force: true });
compile();
compile(
  '--outDir',
  'dist/cjs',
  '--module',
  'commonjs',
  '--moduleResolution',
  'bundler',
  '--verbatimModuleSyntax',
  'false',
);
writeFileSync(`${here}/dist/cjs/package.json`, '{"type": "commonjs"}\n');
