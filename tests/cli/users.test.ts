import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD, postForm, tokenOf } from '../api/member.ts';
import { chainAudit } from '../../src/pipeline/audit.ts';
import { startMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Ran } from './run.ts';

let at: Machine;
beforeAll(async () => {
  at = await startMachine();
});
afterAll(() => at[Symbol.asyncDispose]());

/** `standfirst …` on the machine of the server. */
const run = (...args: string[]): Promise<Ran> => at.run(args);

it('invites, lists, changes and removes members, and prints links that work', { timeout: 90_000 }, async () => {
  const added = await run('users', 'add', 'Ilse Brandvold', '--role', 'editor', '--email', 'ilse@herald.example');
  expect(added.stderr).toBe('');
  expect(added.stdout).toMatch(
    /^For Ilse Brandvold, once, until \d{4}-\d\d-\d\d \d\d:\d\d UTC:\nhttp:\/\/localhost:\d+\/sign-in\?token=/,
  );
  const again = await run('users', 'invite', 'ilse brandvold');
  expect(again.code).toBe(0);
  expect((await postForm(at.here, { token: tokenOf(added.stdout.trim()), password: PASSWORD })).statusCode).toBe(410);
  expect((await postForm(at.here, { token: tokenOf(again.stdout.trim()), password: PASSWORD })).statusCode).toBe(303);
  expect(await run('users', 'invite', 'ilse@herald.example')).toMatchObject({ code: 5, stdout: '' });

  expect((await run('users', 'role', 'Ilse Brandvold', 'publisher')).stdout).toContain('publisher  Ilse Brandvold');
  expect((await run('users', 'list')).stdout).toMatch(
    /^user_\S+ {2}publisher {2}Ilse Brandvold {2}ilse@herald\.example {2}seen /m,
  );

  const reset = await run('users', 'reset', 'Ilse Brandvold', '--json');
  const { url } = JSON.parse(reset.stdout) as { url: string };
  expect((await postForm(at.here, { token: tokenOf(url), password: 'seven-herons-on-a-raft' })).statusCode).toBe(303);

  expect(await run('users', 'remove', 'Ilse Brandvold')).toMatchObject({
    code: 0,
    stdout: 'Ilse Brandvold is removed.\n',
  });
  expect(await run('users', 'remove', 'Ilse Brandvold')).toMatchObject({
    code: 4,
    stderr: 'There is no member Ilse Brandvold: standfirst users list shows who there is.\n',
  });
});

it('verifies the audit, and names the row that was changed', { timeout: 60_000 }, async () => {
  const { database } = at.here.context;
  await chainAudit(database);
  const whole = await run('audit', 'verify');
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  expect(whole.stdout).toMatch(/^\d+ rows in the chain, 0 waiting for it\. Head: \d+:[0-9a-f]{64}\n$/);
  const client = await database.connect();
  await client.query('SET session_replication_role = replica');
  await client.query(`UPDATE standfirst.audit SET subject = 'nothing' WHERE seq = 1`);
  await client.end();
  const broken = await run('audit', 'verify');
  expect(broken.code).toBe(5);
  expect(broken.stdout).toMatch(/^Row 1 \(api-key\.created of nothing by test\) was changed\.\n/);
  expect(broken.stderr).toBe('The audit is not what it was: see the line above.\n');
});
