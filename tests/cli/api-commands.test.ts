import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addApiCommands } from '../../src/cli/api-commands.ts';
import { asksTheApi } from '../../src/cli/asks-the-api.ts';
import { calledOperations, readApiDocument } from '../../src/cli/api-document.ts';
import { onServer, ownProgram } from '../../src/cli/program.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { startMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Ran } from './run.ts';

let at: Machine;
beforeAll(async () => {
  at = await startMachine();
});
afterAll(() => at[Symbol.asyncDispose]());

/** A command on the machine of the server. */
const run = (args: string[], input = ''): Promise<Ran> => at.run(args, input);
const json = async <T>(args: string[], input = ''): Promise<T> => {
  const { stdout, stderr, code } = await run([...args, '--json'], input);
  expect([stderr, code]).toEqual(['', 0]);
  return JSON.parse(stdout) as T;
};

interface Versioned {
  readonly id: string;
  readonly version: number;
}

it('has a command of its own for every operation of the API, and says what each takes', () => {
  const program = new Command('standfirst');
  addApiCommands(program, (command) => command);
  const document = readApiDocument();
  const wanted = Object.values(document.paths).flatMap((path) => Object.values(path).map((one) => one.summary));
  const commands = program.commands.flatMap((noun) => noun.commands.map((verb) => verb));
  expect(commands.map((command) => command.description()).sort()).toEqual(wanted.sort());
  for (const { noun, verb, path } of calledOperations(document)) {
    expect(commandOf(program, noun, verb)?.registeredArguments.length, `${noun} ${verb}`).toBe(
      path.split('{').length - 1,
    );
    expect(verb, path).toMatch(/^[a-z]+(-[a-z]+)*$/);
  }
});

/** Those that show more of a thing, or take it by its name; each has a test of its own beside this file. */
const writtenByHand = [
  'accounts add',
  'accounts check',
  'accounts list',
  'accounts remove',
  'media add',
  'media list',
  'media remove',
  'sources add',
  'sources list',
  'sources pause',
  'sources poll',
  'sources remove',
  'sources resume',
  'users add',
  'users list',
  'users remove',
  'webhooks add',
  'webhooks deliveries',
  'webhooks list',
  'webhooks remove',
];

it('loses no operation to the commands that are written by hand', () => {
  const program = ownProgram();
  const byHand = new Set(program.commands.flatMap((noun) => noun.commands));
  addApiCommands(program, onServer);
  const hidden: string[] = [];
  for (const { noun, verb, path } of calledOperations(readApiDocument())) {
    const command = commandOf(program, noun, verb);
    expect(command, `${noun} ${verb}`).toBeDefined();
    if (command === undefined || !byHand.has(command)) continue;
    hidden.push(`${noun} ${verb}`);
    // One that stands in for an operation is told at least what it is about.
    expect(command.registeredArguments.length, `${noun} ${verb}`).toBeGreaterThanOrEqual(path.split('{').length - 1);
  }
  expect(hidden.sort()).toEqual(writtenByHand);
});

function commandOf(program: Command, noun: string, verb: string): Command | undefined {
  return program.commands.find((one) => one.name() === noun)?.commands.find((one) => one.name() === verb);
}

it('reads the document of the API only where no command written by hand is asked for', () => {
  const program = new Command('standfirst');
  program.command('compose').argument('<article>');
  program.command('networks').option('--json');
  program.command('accounts').command('list');
  const asks = (...words: string[]): boolean => asksTheApi(program, words);
  for (const own of [['compose'], ['compose', 'a.txt'], ['networks'], ['networks', '--json'], ['accounts', 'list']])
    expect(asks(...own), own.join(' ')).toBe(false);
  for (const api of [[], ['--help'], ['help'], ['posts'], ['posts', 'list'], ['accounts'], ['accounts', 'show']])
    expect(asks(...api), api.join(' ')).toBe(true);
  expect(asks('networks', 'list')).toBe(true);
});

it('lists every noun of the API in its help', { timeout: 60_000 }, async () => {
  const { stdout, code } = await run(['--help']);
  expect(code).toBe(0);
  const nouns = Object.keys(readApiDocument().paths).map((path) => path.split(/[/.]/)[2] ?? '');
  for (const noun of new Set(nouns)) expect(stdout).toMatch(new RegExp(`^  ${noun}\\s`, 'm'));
});

it('queues posts, reads them page by page, changes one and follows it', { timeout: 180_000 }, async () => {
  const made = await json<Versioned>([
    'posts',
    'add',
    '--account-ids',
    at.here.sandboxId,
    '--text',
    'A ferry is late.',
  ]);
  const body = JSON.stringify({ accountIds: [at.here.sandboxId], schedule: { at: '2030-01-15T08:30:00Z' } });
  const line = await run(['posts', 'add', '--body', '-', '--text', 'A ferry is back.'], body);
  expect(line.stdout).toMatch(/^post_\S+ {2}.*state scheduled {2}.*dueAt 2030-01-15T08:30:00\.000Z/);
  expect(line.stdout.trim().split('\n').slice(1)).toEqual(['  A ferry is back.']);

  const page = await run(['posts', 'list', '--limit', '1', '--json']);
  expect([page.stdout.trim().split('\n').length, page.stderr]).toEqual([1, expect.stringContaining('give --all')]);
  const all = await run(['posts', 'list', '--limit', '1', '--all', '--json', '--sort', 'createdAt']);
  const ids = all.stdout
    .trim()
    .split('\n')
    .map((one) => (JSON.parse(one) as Versioned).id);
  expect([ids.length, ids[0], all.stderr]).toEqual([2, made.id, '']);

  const edited = await json<Versioned>(['posts', 'edit', made.id, '--text', 'A ferry is very late.']);
  expect(edited.version).toBeGreaterThan(made.version);
  const late = await run(['posts', 'edit', made.id, '--text', 'Lost.', '--version', String(made.version)]);
  expect(late).toMatchObject({ code: 5, stdout: '' });
  await json(['posts', 'reject', made.id, '--reason', 'Not news.']);
  const shown = (await run(['posts', 'show', made.id])).stdout;
  expect(shown).toMatch(/^state +cancelled$/m);
  expect(shown).toMatch(/^revisions\n(?: {2}.*\n)* {2}- n .*\n(?: {2}.*\n)* {6}- text {2}A ferry is very late\.$/m);
  expect((await run(['posts', 'approve', made.id])).code).toBe(5);
  const exported = await run(['exports', 'posts', '--format', 'jsonl']);
  expect([exported.stderr, exported.stdout.trim().split('\n').length]).toEqual(['', 2]);
});

it('edits what is there now, and gives way where it changes meanwhile', { timeout: 60_000 }, async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers['if-match'] ?? '-'}`);
    if (request.method === 'GET')
      return response.writeHead(200, { etag: '"7"', 'content-type': 'application/json' }).end('{}');
    const problem = {
      type: '/problems/stale-version',
      title: 'x',
      status: 412,
      detail: 'Post post_1 is at version 8.',
    };
    return response.writeHead(412, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const ran = await run(['posts', 'edit', 'post_1', '--text', 'x', '--server', `http://127.0.0.1:${port}`]);
  server.close();
  expect(asked).toEqual(['GET -', 'PATCH "7"']);
  expect(ran).toMatchObject({ code: 5, stdout: '', stderr: expect.stringContaining('at version 8') });
});

it(
  'approves the text that is there now and no other, unless it is told which was seen',
  { timeout: 60_000 },
  async () => {
    const hash = 'a'.repeat(64);
    const asked: string[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      asked.push(`${request.method} ${request.headers['if-match'] ?? '-'} ${body}`);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'post_1', hash }));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const approve = async (...args: string[]): Promise<string[]> => {
      const { code, stderr } = await run([
        'posts',
        'approve',
        'post_1',
        ...args,
        '--server',
        `http://127.0.0.1:${port}`,
      ]);
      expect([code, stderr]).toEqual([0, '']);
      return asked.splice(0);
    };
    try {
      expect(await approve()).toEqual(['GET - ', `POST - {"hash":"${hash}"}`]);
      expect(await approve('--schedule', 'next-slot')).toEqual([
        'GET - ',
        `POST - {"hash":"${hash}","schedule":"next-slot"}`,
      ]);
      expect(await approve('--hash', 'b'.repeat(64))).toEqual([`POST - {"hash":"${'b'.repeat(64)}"}`]);
      expect(await approve('--version', '3')).toEqual(['POST "3" ']);
    } finally {
      server.close();
    }
  },
);

it('takes a time as its help says: an instant, a time on a clock, or a word', { timeout: 180_000 }, async () => {
  const add = (...args: string[]) =>
    run(['posts', 'add', '--account-ids', at.here.sandboxId, '--text', 'A ferry.', '--json', ...args]);
  const dueOf = async (...args: string[]): Promise<unknown> => {
    const { stdout, stderr } = await add(...args);
    expect(stderr).toBe('');
    return (JSON.parse(stdout) as { dueAt: unknown }).dueAt;
  };
  expect(await dueOf('--schedule', '2030-01-15T08:30:00+02:00')).toBe('2030-01-15T06:30:00.000Z');
  expect(await dueOf('--schedule', '2030-07-15T08:30', '--time-zone', 'Europe/Bucharest')).toBe(
    '2030-07-15T05:30:00.000Z',
  );
  const twice = ['--schedule', '2030-10-27T03:30', '--time-zone', 'Europe/Bucharest'];
  expect((await add(...twice)).stderr).toContain('twice');
  expect(await dueOf(...twice, '--disambiguation', 'later')).toBe('2030-10-27T01:30:00.000Z');
  expect(await dueOf('--schedule', 'draft')).toBeNull();
  const help = (await run(['posts', 'add', '--help'])).stdout.replace(/\s+/g, ' ');
  expect(help).toContain('(now, next-slot, review, draft, or a time such as 2026-11-24T08:30:00+02:00, or');
  for (const [given, words] of [
    ['2030-07-15T08:30', 'is a time on the clock: say whose with --time-zone'],
    ['tomorrow', 'is neither now, next-slot, review, draft nor a time such as'],
  ] as const) {
    const { code, stderr } = await add('--schedule', given);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`--schedule ${given} ${words}`)]);
  }
});

it('lists posts with their words, and shows one whole', { timeout: 180_000 }, async () => {
  const text = 'A ferry is early.\nIt \u001b[2Jwaits.';
  const body = JSON.stringify({ accountIds: [at.here.sandboxId], text, schedule: 'review' });
  const { id } = await json<Versioned>(['posts', 'add', '--body', '-'], body);
  const listed = (await run(['posts', 'list', '--q', 'early'])).stdout;
  expect(listed).toMatch(new RegExp(`^${id} {2}state in_review {2}network sandbox {2}accountId \\S+\n`));
  expect(listed.split('\n').slice(1)).toEqual(['  A ferry is early.', '  It  [2Jwaits.', '']);
  const shown = (await run(['posts', 'show', id])).stdout;
  expect(shown).toMatch(/^state +in_review$/m);
  expect(shown).toMatch(/^parts\n {2}- text\n {6}A ferry is early\.\n {6}It {2}\[2Jwaits\.$/m);
  expect(shown).not.toMatch(/[{}]/);
  expect(shown).not.toContain('\u001b');
});

it('says of each post of a bulk action what became of it, and of an answer without an id all it holds', async () => {
  const { id } = await json<Versioned>([
    'posts',
    'add',
    '--account-ids',
    at.here.sandboxId,
    '--text',
    'A quay is dry.',
  ]);
  const { stdout } = await run(['post-actions', 'add', '--action', 'submit', '--ids', `${id},post_gone`]);
  expect(stdout.split('\n')).toEqual([
    expect.stringMatching(new RegExp(`^${id} {2}state in_review {2}network sandbox`)),
    '  A quay is dry.',
    'post_gone  refused There is no post post_gone.',
    '',
  ]);
  const preview = JSON.stringify({ text: 'The quay is dry. The board said so on Monday.', title: 'Quay dry' });
  const seen = await run(['previews', 'add', '--body', '-'], preview);
  expect([seen.stderr, seen.stdout]).toEqual(['', expect.stringMatching(/^ *(?:- )?text( |$)/m)]);
}, 180_000);

it('needs no body of what can be left out, and cuts no link or secret short', { timeout: 180_000 }, async () => {
  const article = { title: 'Quay opens', text: 'The quay opens on Monday. The harbour board said that it cost a lot.' };
  const made = await at.here.app.inject({
    method: 'POST',
    url: '/v1/articles',
    headers: await at.here.key(),
    payload: article,
  });
  await ingest(at.here.context, made.json<{ id: string }>().id);
  const { id } = await json<Versioned>(['stories', 'list']);
  const shared = await run(['stories', 'add-share', id]);
  expect(shared.stderr).toBe('');
  const path = / path (\S+)/.exec(shared.stdout)?.[1] ?? '';
  expect((await at.here.app.inject({ url: path })).statusCode).toBe(200);
  const empty = await run(['holds', 'lift', 'hold_gone']);
  expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('/resume')]);
});

it('holds, keys, team and sources answer to the same verbs', { timeout: 180_000 }, async () => {
  const hold = await run(['holds', 'add', '--scope', 'word', '--target', 'Ilse Brandt', '--reason', 'A court order.']);
  expect(hold.stdout).toMatch(/^hold_\S+ {2}.*scope word {2}.*target Ilse Brandt/);
  const [id = ''] = hold.stdout.split(' ');
  expect((await run(['holds', 'list'])).stdout).toContain(id);
  expect(await run(['holds', 'remove', id])).toMatchObject({ code: 0, stdout: `${id}  state removed\n` });
  const key = await json(['api-keys', 'add', '--name', 'desk', '--scopes', 'posts:read,posts:write', '--is-test']);
  expect(key).toMatchObject({ scopes: ['posts:read', 'posts:write'], isTest: true });
  expect(await json(['team', 'edit', '--four-eyes'])).toMatchObject({ fourEyes: true });
  expect(await json(['team', 'edit', '--no-four-eyes'])).toMatchObject({ fourEyes: false });
  expect((await run(['sources', 'opml'])).stdout).toContain('<opml');
  expect((await run(['networks', 'list', '--json'])).stdout).toContain('"id":"sandbox"');
  expect(await json(['roles', 'show'])).toBeTypeOf('object');
  expect((await run(['roles', 'show'])).stdout).toMatch(/^roles\n {2}- role {4}viewer\n {4}scopes {2}\S/);
});

it('prints events as they happen, until it is ended', { timeout: 90_000 }, async () => {
  const main = join(import.meta.dirname, '../../src/cli/main.ts');
  const args = [main, 'events', 'list', '--after', '0-0', '--json'];
  const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] ?? '', ...at.env } });
  try {
    await at.here.app.inject({
      method: 'POST',
      url: '/v1/posts',
      headers: await at.here.key(),
      payload: {
        accountIds: [at.here.sandboxId],
        text: 'A ferry is on time.',
        schedule: { at: '2030-01-15T08:30:00Z' },
      },
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if ((JSON.parse(line) as { type: string }).type === 'post.scheduled') return;
    }
    expect.fail('The stream ended without the event.');
  } finally {
    child.kill('SIGKILL');
  }
});

it('says in one sentence what is wrong, with the exit code that says what to do', { timeout: 180_000 }, async () => {
  const wrong: [string[], number, string][] = [
    [['postz', 'list'], 2, 'unknown command'],
    [['posts', 'frobnicate'], 2, 'unknown command'],
    [['posts', 'show'], 2, 'missing required argument'],
    [['holds', 'add', '--scope', 'everything', '--reason', 'x'], 2, 'Allowed choices are all, network'],
    [['posts', 'list', '--limit', 'many'], 2, 'Give a number'],
    [['posts', 'list', '--limit', '0'], 2, 'limit'],
    [['posts', 'add', '--text', 'x'], 2, 'accountIds'],
    [['posts', 'add', '--body', '-'], 2, 'are not JSON'],
    [['posts', 'edit', 'post_gone', '--text', 'x', '--version', 'new'], 2, 'whole number'],
    [['posts', 'show', 'post_gone'], 4, 'post_gone'],
    [['posts', 'list', '--key-file', join(at.folder, 'none')], 3, 'no API key'],
    [['posts', 'list', '--server', 'http://127.0.0.1:9'], 69, 'does not answer'],
  ];
  for (const [args, code, words] of wrong) {
    const ran = await run(args);
    expect([ran.code, ran.stdout], args.join(' ')).toEqual([code, '']);
    expect(ran.stderr).toContain(words);
    expect(ran.stderr).not.toContain('    at ');
  }
  const mixed = await run(['posts', 'add', '--body', '-', '--text', 'x'], '[1]');
  expect(mixed).toMatchObject({ code: 2, stderr: expect.stringContaining('not an object') });
});
