import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientFor } from '../../clients/generate.ts';
import { Standfirst, StandfirstProblem } from '../../clients/typescript/src/index.ts';
import type { DeskEvent } from '../../clients/typescript/src/index.ts';
import { openInstallation } from '../api/installation.ts';
import type { Installation } from '../api/installation.ts';

const root = new URL('../../', import.meta.url);

let here: Installation;
let server: string;
let key: string;
beforeAll(async () => {
  here = await openInstallation();
  server = await here.app.listen({ host: '127.0.0.1', port: 0 });
  key = ((await here.key())['authorization'] ?? '').replace('Bearer ', '');
});
afterAll(() => here.close());

it('is written from the committed OpenAPI document', async () => {
  const path = new URL('clients/typescript/src/api.ts', root).pathname;
  const document = JSON.parse(readFileSync(new URL('docs/openapi.json', root), 'utf8')) as Parameters<
    typeof clientFor
  >[0];
  const written = await format(clientFor(document), { ...(await resolveConfig(path)), filepath: path });
  expect(readFileSync(path, 'utf8')).toBe(written);
});

describe('the client', () => {
  const desk = (): Standfirst => new Standfirst({ server, key });

  it('queues a post, edits it against its version and walks every page of a list', async () => {
    const { data } = await desk().createPosts({ body: { accountIds: [here.sandboxId], text: 'A pier opens.' } });
    const [post] = data;
    const edited = await desk().editPost({
      id: post?.id ?? '',
      ifMatch: post?.version ?? 0,
      body: { text: 'A pier opens today.' },
    });
    expect(edited.parts[0]?.text).toBe('A pier opens today.');
    for (let n = 0; n < 3; n++)
      await desk().createPosts({ body: { accountIds: [here.sandboxId], text: `Pier ${n}.` } });
    const seen: string[] = [];
    for await (const one of desk().each(() => desk().listPosts({ query: { q: 'pier', limit: 100 } })))
      seen.push(one.id);
    expect(new Set(seen).size).toBe(4);
    const walked: string[] = [];
    for await (const one of desk().each(({ cursor }) =>
      desk().listPosts({ query: { limit: 1, ...(cursor === undefined ? {} : { cursor }) } }),
    ))
      walked.push(one.id);
    expect(walked).toEqual(seen);
  });

  it('throws the problem with its sentence and every fault', async () => {
    const refused = await desk()
      .createPosts({ body: { accountIds: [], text: '' } })
      .catch((error: unknown) => error as StandfirstProblem);
    expect(refused).toBeInstanceOf(StandfirstProblem);
    expect(refused).toMatchObject({ status: 400, type: '/problems/invalid' });
    expect((refused as StandfirstProblem).faults.map((fault) => fault.pointer)).toEqual(['/accountIds', '/text']);
  });

  it('answers text, bytes and nothing as what they are', async () => {
    expect(await desk().exportPosts()).toMatch(/^id,state,network/);
    const hold = await desk().placeHold({ body: { scope: 'word', target: 'harbour', reason: 'Checking.' } });
    expect(await desk().removeHold({ id: hold.id })).toBeUndefined();
  });

  it('tells what happens, and goes on where it was', async () => {
    const seen: DeskEvent[] = [];
    for await (const event of desk().events({ after: '0-0' })) {
      seen.push(event);
      if (seen.length === 2) break;
    }
    expect(seen[0]?.type).toBe('account.connected');
    for await (const event of desk().events({ after: seen[0]?.cursor ?? '' })) {
      expect(event).toEqual(seen[1]);
      break;
    }
  });

  it('says to whoever writes no types what it needs', () => {
    const made = (options: unknown) => () => new Standfirst(options as ConstructorParameters<typeof Standfirst>[0]);
    for (const options of [undefined, {}, { baseUrl: server, key }, { server }])
      expect(made(options)).toThrow(/^Give an address and an API key: new Standfirst\(/);
  });

  it('sends the same request again, under the same key, when it was told to wait or the connection was lost', async () => {
    const keys: (string | undefined)[] = [];
    const flaky = createServer((request, response) => {
      keys.push(request.headers['idempotency-key'] as string | undefined);
      if (keys.length === 1) return void request.socket.destroy();
      response.setHeader('content-type', 'application/json');
      if (keys.length === 2) return void response.writeHead(503, { 'retry-after': '0' }).end('{}');
      response.writeHead(201).end('{"data": []}');
    });
    await new Promise<void>((listening) => flaky.listen(0, '127.0.0.1', listening));
    const { port } = flaky.address() as AddressInfo;
    const patient = new Standfirst({ server: `http://127.0.0.1:${port}`, key });
    expect(await patient.createPosts({ body: { accountIds: ['acc_1'], text: 'x' } })).toEqual({ data: [] });
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    flaky.close();
  });
});

describe('the package', () => {
  const run = promisify(execFile);
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'standfirst-client-'));
    const npm = (args: string[], cwd: string) => run('npm', [...args, '--no-audit', '--no-fund'], { cwd });
    await npm(['pack', '--pack-destination', folder], new URL('clients/typescript/', root).pathname);
    writeFileSync(join(folder, 'package.json'), '{"name": "newsroom"}');
    await npm(['install', '--offline', './standfirst-client-0.1.0.tgz'], folder);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['use.mjs', `import { Standfirst } from '@standfirst/client';`],
    ['use.cjs', `const { Standfirst } = require('@standfirst/client');`],
  ])('is used by plain JavaScript in %s', async (file, line) => {
    const program = `${line}
      const desk = new Standfirst({ server: '${server}', key: '${key}' });
      desk.listAccounts().then(({ data }) => console.log(data.map((account) => account.network).join()));`;
    writeFileSync(join(folder, file), program);
    expect((await run(process.execPath, [file], { cwd: folder })).stdout.trim()).toBe('sandbox');
  });

  it.each([
    ['use.mts', 'node16'],
    ['use.cts', 'node16'],
    ['use.mts', 'nodenext'],
    ['use.cts', 'nodenext'],
  ])('has its types in %s by the rules of %s', { timeout: 60_000 }, async (file, module) => {
    // An error that is expected and not there is an error, too.
    const program = `import { Standfirst, StandfirstProblem, type Post } from '@standfirst/client';
      const desk = new Standfirst({ server: '${server}', key: '' });
      export async function first(): Promise<Post['state'] | undefined> {
        const { data } = await desk.listPosts({ query: { limit: 1 } });
        // @ts-expect-error
        data[0]?.colour;
        // @ts-expect-error
        await desk.createPosts({ body: { accountIds: ['acc_1'], text: 7 } });
        return data[0]?.state;
      }
      export const isProblem = (error: unknown): boolean => error instanceof StandfirstProblem;`;
    writeFileSync(join(folder, file), program);
    const tsc = new URL('node_modules/typescript/bin/tsc', root).pathname;
    const rules = ['--module', module, '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable', '--types', ''];
    await run(process.execPath, [tsc, '--noEmit', '--strict', ...rules, file], { cwd: folder });
  });
});
