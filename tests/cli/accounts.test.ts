import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { discordHook, startDiscord } from '../fakes/discord.ts';
import type { FakeDiscord } from '../fakes/discord.ts';
import { startMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Ran } from './run.ts';

let at: Machine;
let fake: FakeDiscord;
beforeAll(async () => {
  fake = await startDiscord();
  at = await startMachine({ STANDFIRST_ALLOW_PRIVATE: '127.0.0.0/8' });
});
afterAll(async () => {
  await at[Symbol.asyncDispose]();
  await fake[Symbol.asyncDispose]();
});

/** `standfirst accounts …` on the machine of the server. */
const accounts = (args: string[], input = ''): Promise<Ran> => at.run(['accounts', ...args], input);

it('adds, lists, checks and removes an account of a running server', { timeout: 90_000 }, async () => {
  const fields = JSON.stringify({ webhookUrl: `${fake.url}${discordHook}` });
  const added = await accounts(['add', 'discord', '-', '--name', 'Newsroom', '--json'], fields);
  expect(added.stderr).toBe('');
  const { id, ...rest } = JSON.parse(added.stdout) as { id: string };
  expect(rest).toMatchObject({ network: 'discord', name: 'Newsroom', state: 'connected' });
  expect(added.stdout).not.toContain('fake-token');

  const listed = await accounts(['list']);
  expect(listed.stdout.split('\n')).toContain(`${id}  discord  Newsroom  connected`);
  const changed = await accounts(['change', id, '--unknown', 'send-again', '--json']);
  expect(JSON.parse(changed.stdout)).toMatchObject({ name: 'Newsroom', settings: { unknown: 'send-again' } });
  expect(await accounts(['change', id])).toMatchObject({ code: 2, stderr: expect.stringContaining('--unknown') });
  expect(await accounts(['check', id])).toMatchObject({ code: 0, stdout: `${id}  discord  Newsroom  connected\n` });
  expect(await accounts(['remove', id])).toMatchObject({ code: 0, stdout: `${id} is removed.\n` });
  expect((await accounts(['list'])).stdout).not.toContain(id);
  expect(await accounts(['check', id])).toMatchObject({ code: 4, stdout: '' });
});

it('prints the page on which a person agrees', async () => {
  const app = JSON.stringify({ clientId: 'client', clientSecret: 'secret' });
  const begun = await accounts(['add', 'threads', '-', '--consent'], app);
  expect(begun.stdout).toMatch(/^Open this in a browser before \d{4}-.*\nhttps:\/\/threads\.com\/oauth\/authorize\?/);
  expect(begun.stdout).toContain(`${at.server}/connect/callback`.replace('127.0.0.1', 'localhost'));
});

it('says in one sentence what is wrong with the fields', async () => {
  const wrong = await accounts(['add', 'discord', '-'], '{"webhookUrl": "https://discord.example/"}');
  expect([wrong.code, wrong.stderr.trim().split('\n')]).toEqual([2, [expect.stringContaining('/webhooks/')]]);
  expect(await accounts(['add', 'discord', '-'], 'webhookUrl')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('standard input are not JSON'),
  });
});

it('says where the server or the key is missing', async () => {
  const gone = await accounts(['list', '--server', 'http://127.0.0.1:9']);
  expect(gone).toMatchObject({ code: 69, stderr: expect.stringContaining('does not answer at http://127.0.0.1:9') });
  const keyless = await accounts(['list', '--key-file', join(at.folder, 'none')]);
  expect(keyless).toMatchObject({ code: 3, stderr: expect.stringContaining('There is no API key in') });
  writeFileSync(join(at.folder, 'wrong'), 'sf_live_wrong');
  expect(await accounts(['list', '--key-file', join(at.folder, 'wrong')])).toMatchObject({ code: 3, stdout: '' });
});

it('knows another program from standfirst', async () => {
  const other = createServer((_request, response) => response.end('<html>Hello</html>'));
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const ran = await accounts(['list', '--server', address]);
  other.close();
  expect(ran).toMatchObject({ code: 69, stderr: expect.stringContaining('is not standfirst') });
});
