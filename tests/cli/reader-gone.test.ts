import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMachine } from './machine.ts';
import type { Machine } from './machine.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

let at: Machine;
beforeAll(async () => {
  at = await startMachine();
});
afterAll(() => at[Symbol.asyncDispose]());

const post = async (text: string): Promise<void> => {
  const payload = { accountIds: [at.here.sandboxId], text };
  await at.here.app.inject({ method: 'POST', url: '/v1/posts', headers: await at.here.key(), payload });
};

/** Runs a command whose reader goes away: at once, or after the first that it printed. */
async function runUnread(
  args: readonly string[],
  after: 'start' | 'first',
): Promise<{ ended: Promise<unknown>; code: () => number | null; stderr: () => string; first: Promise<unknown> }> {
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'] ?? '', ...at.env } });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close');
  const first = after === 'first' ? once(child.stdout, 'data') : Promise.resolve();
  void first.then(() => child.stdout.destroy());
  return { ended, first, code: () => child.exitCode, stderr: () => stderr };
}

describe('a command whose reader has seen enough, as head has', { timeout: 60_000 }, () => {
  it.each([
    ['posts', 'list', '--all'],
    ['posts', 'list', '--json'],
    ['roles', 'show'],
    ['accounts', 'list'],
    ['exports', 'posts', '--format', 'jsonl'],
    ['networks'],
    ['openapi'],
  ])('ends quietly: %s %s %s', async (...args) => {
    await post('A ferry is late.');
    const { ended, code, stderr } = await runUnread(args, 'start');
    await ended;
    expect([code(), stderr()]).toEqual([0, '']);
  });

  it('follows no events any more', async () => {
    await post('A ferry is early.');
    const { ended, first, code, stderr } = await runUnread(['events', 'list', '--after', '0-0', '--json'], 'first');
    await first;
    await post('A ferry is back.');
    await ended;
    expect([code(), stderr()]).toEqual([0, '']);
  });
});
