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

it('is a package that plain JavaScript can use', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'standfirst-client-'));
  const run = promisify(execFile);
  const npm = (args: string[], cwd: string) => run('npm', [...args, '--no-audit', '--no-fund'], { cwd });
  try {
    await npm(['pack', '--pack-destination', folder], new URL('clients/typescript/', root).pathname);
    writeFileSync(join(folder, 'package.json'), '{"name": "newsroom", "type": "module"}');
    await npm(['install', '--offline', './standfirst-client-0.1.0.tgz'], folder);
    const program = `import { Standfirst } from '@standfirst/client';
      const desk = new Standfirst({ server: '${server}', key: '${key}' });
      console.log((await desk.listAccounts()).data.map((account) => account.network).join());`;
    writeFileSync(join(folder, 'use.js'), program);
    expect((await run(process.execPath, ['use.js'], { cwd: folder })).stdout.trim()).toBe('sandbox');
    expect(readFileSync(join(folder, 'node_modules/@standfirst/client/dist/index.d.ts'), 'utf8')).toContain(
      'Standfirst',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
