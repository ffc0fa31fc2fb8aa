import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Ran } from './run.ts';

let at: Machine;
beforeAll(async () => {
  at = await startMachine({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
});
afterAll(() => at[Symbol.asyncDispose]());

/** A command on the machine of the server. */
const run = (args: string[], input: string | Uint8Array = ''): Promise<Ran> => at.run(args, input);
const file = (name: string): string => join(at.folder, name);

it('reads the house rules, and writes what it read with a change', { timeout: 90_000 }, async () => {
  const read = await run(['house-rules', 'get']);
  expect([read.stderr, read.code]).toEqual(['', 0]);
  const rules = JSON.parse(read.stdout) as { signatures: object };
  writeFileSync(file('rules.json'), JSON.stringify({ ...rules, signatures: { '*': 'The Herald' } }));
  const written = await run(['house-rules', 'set', file('rules.json'), '--at-version', '0']);
  expect(written).toMatchObject({ code: 0, stdout: expect.stringContaining('at version 1') });
  expect(JSON.parse((await run(['house-rules', 'get', '--json'])).stdout)).toMatchObject({
    version: 1,
    rules: { signatures: { '*': 'The Herald' } },
  });
  const late = await run(['house-rules', 'set', file('rules.json'), '--at-version', '0']);
  expect(late).toMatchObject({ code: 5, stderr: expect.stringContaining('at version 1, not 0') });
  const wrong = await run(['house-rules', 'set', '-'], '{"templates": {"*": "{tags}"}, "minGapMs": -1}');
  expect([wrong.code, wrong.stderr.trim().split('\n').length]).toEqual([2, 1]);
  const both = { hashtags: { always: ['#1'] }, auto: [{ sourceId: 'src_none', urgencies: ['normal'] }] };
  const { stderr } = await run(['house-rules', 'set', '-'], JSON.stringify(both));
  for (const pointer of ['/hashtags/always/0 “#1”', '/auto/0/sourceId “src_none”']) expect(stderr).toContain(pointer);
  expect((await run(['house-rules', 'set', '-'], 'none')).stderr).toContain(
    'house rules from standard input are not JSON',
  );
});

it('keeps an image, describes it, lists it and removes it', { timeout: 90_000 }, async () => {
  const photo = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#396' } })
    .png()
    .toBuffer();
  writeFileSync(file('crane.png'), photo);
  const added = await run(['media', 'add', file('crane.png'), '--alt', 'A crane & its shadow', '--json']);
  expect(added.stderr).toBe('');
  const { id } = JSON.parse(added.stdout) as { id: string };
  expect((await run(['media', 'list'])).stdout).toBe(`${id}  png  30 × 20  A crane & its shadow\n`);
  expect((await run(['media', 'describe', id, 'A green crane'])).stdout).toContain('A green crane');
  expect(await run(['media', 'remove', id])).toMatchObject({ code: 0, stdout: `${id} is removed.\n` });
  expect(await run(['media', 'remove', id])).toMatchObject({ code: 4, stdout: '' });
  const page = await run(['media', 'add', '-'], readFileSync(file('rules.json')));
  expect(page).toMatchObject({ code: 2, stderr: expect.stringContaining('not a JPEG, PNG') });
});

it('adds a webhook, shows its secret once, and follows its deliveries', { timeout: 90_000 }, async () => {
  const added = await run(['webhooks', 'add', 'http://127.0.0.1:9/hook', '--events', 'post.failed,post.late']);
  expect(added.stderr).toBe('');
  const [, id = '', secret] = /^(whk_\S+)[^]*shown this once: (whsec_\S+)\n$/.exec(added.stdout) ?? [];
  expect(secret).toBeDefined();
  const listed = await run(['webhooks', 'list']);
  expect(listed.stdout).toBe(`${id}  active  http://127.0.0.1:9/hook  post.failed post.late\n`);
  await at.here.app.inject({ method: 'POST', url: `/v1/webhooks/${id}/test`, headers: await at.here.key() });
  await at.here.context.database.run(`UPDATE standfirst.delivery SET state = 'failed', ended_at = now()`);
  const log = await run(['webhooks', 'deliveries', id, '--state', 'failed']);
  expect(log.stdout).toMatch(/^dlv_\S+ {2}\S+Z {2}webhook\.test {2}failed, 0 tries\n$/);
  const again = await run(['webhooks', 'redeliver', log.stdout.split(' ')[0] ?? '']);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('waiting, 0 tries') });
  expect(await run(['webhooks', 'remove', id])).toMatchObject({ code: 0, stdout: `${id} is removed.\n` });
  const none = await run(['webhooks', 'add', 'http://127.0.0.1:9/hook', '--events', 'post.liked']);
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('post.published') });
});
