import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { measures } from './text-measures.ts';
import type { Measure } from './text-measures.ts';
import { speeds } from './text-speed.ts';

/**
 * Prints what the text pipeline scores beside its targets: `npm run bench:text`. The material is other people's and not part
 * of the project; its folder is `STANDFIRST_EVAL`, or `../shared/eval` beside the project.
 */
const root = resolve(import.meta.dirname, '..');
const folder = resolve(process.env['STANDFIRST_EVAL'] ?? join(root, '../shared/eval'));

if (existsSync(join(folder, 'data'))) {
  await printTable();
} else {
  console.log(`There is no evaluation data in ${folder}: set STANDFIRST_EVAL to its folder to print the table.`);
}

async function printTable(): Promise<void> {
  const head = ['measure', 'best npm peer', 'at least', 'aim', 'here'];
  console.log(`| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`);
  for (const measure of measures) {
    const output = await score(measure);
    print([
      measure.name,
      measure.peer,
      measure.least,
      measure.aim,
      measure.read(output) ?? `no figure: ${lastLine(output)}`,
    ]);
  }
  for (const speed of speeds(folder)) print([speed.name, speed.peer, speed.least, speed.aim, speed.here]);
}

function print(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

/** What the scorer prints about our batch command on its data. */
function score({ script, what, data, args = [] }: Measure): Promise<string> {
  const command = `${process.execPath} ${join(root, 'src/cli/main.ts')} batch ${what}`;
  const child = spawn('python3', [script, '--cmd', command, '--data', `data/${data}.jsonl.gz`, ...args], {
    cwd: folder,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((ended) => {
    child.on('error', (error) => ended(`python3 could not be started: ${error.message}`));
    child.on('close', () => ended(output));
  });
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}
