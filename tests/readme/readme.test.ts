import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { callerOf, startServer } from '../faults/processes.ts';
import { rows } from '../faults/rows.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The first code block whose opening line is exactly this, and the one that follows it. */
function blocks(opening: string): string[] {
  return [...readme.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === opening)
    .map(([, , body]) => body ?? '');
}

describe('the README', () => {
  it('prints the example as the command does', async () => {
    const command = blocks('sh').find((block) => block.startsWith('npx standfirst compose')) ?? '';
    const { stdout } = await run(
      'bash',
      ['-c', command.replace('npx standfirst', `"${process.execPath}" bin/standfirst.mjs`)],
      { cwd: root },
    );
    expect(blocks('text')[0]?.trim()).toBe(stdout.trim());
  });

  it('has curl examples that run as printed', { timeout: 240_000 }, async () => {
    const home = mkdtempSync(join(tmpdir(), 'standfirst-readme-'));
    const dataDir = join(home, '.standfirst');
    const server = await startServer({ PORT: '0', STANDFIRST_DATA: dataDir });
    try {
      const [script = ''] = blocks('sh curl');
      const { stdout } = await run(
        'bash',
        ['-euo', 'pipefail', '-c', script.replace('http://localhost:8484', server.address)],
        { cwd: home },
      );
      const answers = stdout.split(/(?<=})(?={)/);
      expect(answers).toHaveLength(5);
      for (const answer of answers) expect(JSON.parse(answer)).not.toHaveProperty('status', expect.any(Number));
      // The last answer is the timeline, in which the post is as soon as a worker has sent it.
      expect(JSON.parse(answers.at(-1) ?? '')).toHaveProperty('data', expect.any(Array));
      const call = callerOf(server.address, dataDir);
      const timeline = () => call('GET', '/v1/sandbox/timeline');
      await expect.poll(timeline).toMatchObject({ data: [{ text: 'The bridge is open.' }] });
    } finally {
      await server.stop();
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('lists every row of the fault matrix, and no other', () => {
    const [, table = ''] = readme.split(/<!-- \/?faults -->/);
    const listed = [...table.matchAll(/^\| (\d+) \| ([^|]+) \|/gm)].map(([, n, name]) => `${n} ${name}`);
    expect(listed).toEqual(rows.map(({ n, name }) => `${n} ${name}`));
  });

  it('names only files that are there', () => {
    const paths = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path ?? '');
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
