import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Ran } from './run.ts';

let at: Machine;
beforeAll(async () => {
  at = await startMachine();
});
afterAll(() => at[Symbol.asyncDispose]());

/** `standfirst posts import …` on the machine of the server, with a file of this content. */
const imported = (content: string | Uint8Array, ...options: string[]): Promise<Ran> => {
  const file = join(at.folder, 'rows');
  writeFileSync(file, content);
  return at.run(['posts', 'import', file, ...options]);
};
const posts = async (): Promise<number> => {
  const { rows } = await at.here.context.database.pool.query('SELECT count(*)::int AS n FROM standfirst.post');
  return (rows[0] as { n: number }).n;
};

it('looks at every row first, and says a line of each', { timeout: 60_000 }, async () => {
  const right = await imported('accounts,text\nSandbox,The ferry is back.\n', '--dry-run');
  expect(right).toEqual({ code: 0, stdout: 'row 1  right\n', stderr: '' });
  const csv = 'accounts,text,schedule\nSandbox,Right.,draft\nNobody,Lost.,draft\nSandbox,Late.,2020-01-01T08:00:00Z\n';
  for (const options of [['--dry-run'], []]) {
    const { code, stdout, stderr } = await imported(csv, ...options);
    expect([code, stderr]).toEqual([2, '2 of 3 rows are not right, so none was written.\n']);
    expect(stdout.trim().split('\n')).toEqual([
      'row 1  right',
      'row 2  /accountIds/0 is neither the id of an account nor the name of just one',
      expect.stringMatching(/^row 3 {2}\/schedule\/at 2020-01-01T08:00:00\.000Z is in the past: /),
    ]);
  }
  expect(await posts()).toBe(0);
});

it.each([
  ['CSV', 'accounts,text\nSandbox,One.\nSandbox,Two.\n'],
  ['a JSON list', '[{"accountIds": ["Sandbox"], "text": "One."}, {"accountIds": ["Sandbox"], "text": "Two."}]'],
  ['JSON lines', '{"accountIds": ["Sandbox"], "text": "One."}\n\n{"accountIds": ["Sandbox"], "text": "Two."}\n'],
])('queues the rows of %s', { timeout: 60_000 }, async (what, given) => {
  const before = await posts();
  const content = given.replace('One.', `One from ${what}.`).replace('Two.', `Two from ${what}.`);
  const { code, stdout, stderr } = await imported(content);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^row 1 {2}post_\S+\nrow 2 {2}post_\S+\n$/);
  expect(await posts()).toBe(before + 2);
  // The same file once more: nothing is written twice, unless that is meant.
  const ids = stdout.match(/post_\S+/g) ?? [];
  expect((await imported(content)).stdout).toBe(`row 1  already there: ${ids[0]}\nrow 2  already there: ${ids[1]}\n`);
  expect(await posts()).toBe(before + 2);
  if (what === 'CSV') expect((await imported(content, '--again')).stdout).toMatch(/^row 1 {2}post_/);
});

it.each([
  ['an older encoding', Buffer.from('accounts,text\nSandbox,caf\xe9\n', 'latin1'), 'is not in UTF-8'],
  ['half a line of JSON', '{"accountIds": ["Sandbox"], "text": "One."}\n{"acc', 'In line 2 of'],
  ['nothing', '', '0 rows'],
])('refuses %s in a sentence', { timeout: 60_000 }, async (_what, content, words) => {
  const { code, stdout, stderr } = await imported(content);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
