import { request } from 'node:http';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from '../../src/api/access-table.ts';
import { buildApi } from '../../src/api/api.ts';
import { openApiDocument } from '../../src/api/openapi.ts';
import { problems } from '../../src/api/problem.ts';
import { version } from '../../src/version.ts';
import type { Installation } from './installation.ts';
import { openInstallation, problemOf } from './installation.ts';

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { operationId?: string; responses: object }>>;
  readonly components: { readonly schemas: Record<string, unknown> };
}

let here: Installation;
let document: Document;
beforeAll(async () => {
  here = await openInstallation();
  document = (await openApiDocument(version)) as Document;
});
afterAll(() => here.close());

describe('the OpenAPI document', () => {
  it('is the committed one: after a change of the API run `npx standfirst openapi > docs/openapi.json`', async () => {
    const committed = await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('is 3.1, describes every route under /v1, and gives each a name of its own', () => {
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    const routes = Object.keys(access).filter((name) => name.includes(' /v1/'));
    expect(described.sort()).toEqual(routes.sort());
    const names = Object.values(document.paths).flatMap((path) => Object.values(path).map((one) => one.operationId));
    expect(names).not.toContain(undefined);
    expect(new Set(names).size).toBe(names.length);
  });

  it('points only to schemas it has, and has none that nothing points to', () => {
    const pointed = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(pointed)].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });
});

describe('the pages', () => {
  it('of the reference ask nobody outside, and run only scripts with the nonce of their answer', async () => {
    const answer = await here.app.inject({ url: '/docs/' });
    expect(answer.statusCode).toBe(200);
    const nonce = /script-src 'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1];
    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    const scripts = [...answer.body.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    expect(answer.body).not.toMatch(/https?:\/\//);
    expect(answer.headers['content-security-policy']).toContain(`default-src 'none'`);
    const again = await here.app.inject({ url: '/docs/' });
    expect(again.body).not.toContain(nonce);
    expect((await here.app.inject({ url: '/docs' })).headers.location).toBe('/docs/');
    const script = await here.app.inject({ url: '/docs/js/scalar.js' });
    expect(script.headers['content-type']).toContain('javascript');
    expect(script.body).toContain('createApiReference');
  });

  it.each(Object.keys(problems))('explain the problem %s', async (name) => {
    const answer = await here.app.inject({ url: `/problems/${name}` });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
  });

  it('of the dashboard carry the nonce wherever a person enters, and files are kept for good', async () => {
    const dashboardDir = await mkdtemp(join(tmpdir(), 'standfirst-page-'));
    await mkdir(join(dashboardDir, 'assets'));
    await writeFile(join(dashboardDir, 'index.html'), '<script nonce="__CSP_NONCE__" src="/assets/a-1.js"></script>');
    await writeFile(join(dashboardDir, 'assets', 'a-1.js'), 'let a = 1;');
    await writeFile(join(dashboardDir, 'assets', 'a-1.js.br'), brotliCompressSync('let a = 1;'));
    const app = await buildApi(here.context, { dashboardDir });
    for (const url of ['/', '/desk', '/stories/story_1']) {
      const page = await app.inject({ url, headers: { accept: 'text/html' } });
      expect(page.statusCode).toBe(200);
      const nonce = /<script nonce="([^"]+)"/.exec(page.body)?.[1] ?? 'none';
      expect(page.headers['content-security-policy']).toContain(`script-src 'nonce-${nonce}'`);
      expect(page.headers['cache-control']).toBe('no-store');
    }
    const small = await app.inject({ url: '/assets/a-1.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(small.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript'),
    });
    expect(brotliDecompressSync(small.rawPayload).toString()).toBe('let a = 1;');
    const file = await app.inject({ url: '/assets/a-1.js' });
    expect(file.headers['cache-control']).toContain('immutable');
    expect((await app.inject({ url: '/assets/..%2findex.html' })).statusCode).not.toBe(200);
    expect((await app.inject({ url: '/assets/gone.js', headers: { accept: 'text/html' } })).statusCode).toBe(404);
    await app.close();
    await rm(dashboardDir, { recursive: true });
  });

  it('say what to do where the dashboard was not built', async () => {
    const answer = await here.app.inject({ url: '/' });
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run dashboard');
  });

  it('that do not exist are a problem, not a page, under /v1', async () => {
    const answer = await here.app.inject({ url: '/v1/postz', headers: { accept: 'text/html' } });
    expect(answer.statusCode).toBe(404);
    expect(problemOf(answer).detail).toContain('GET /v1/postz');
  });

  it('promise https for the future only where the operator says that people come by https', async () => {
    expect((await here.app.inject({ url: '/healthz' })).headers['strict-transport-security']).toBeUndefined();
    const secure = await openInstallation({ STANDFIRST_PUBLIC_URL: 'https://desk.example.org' });
    const answer = await secure.app.inject({ url: '/healthz' });
    expect(answer.headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
    await secure.close();
  });
});

describe('health', () => {
  it('is ready with a database, its tables and a queue', async () => {
    const checks = ['database', 'migrations', 'queue', 'clock', 'keys', 'disk'].map((name) => [name, 'ok']);
    // How old this Node's time zones may be is told by the year, and the machine that tests may keep an old Node.
    const zones = expect.stringMatching(/^(ok$|Node's time zone data is of 20)/);
    // A check that takes too long on a busy machine is told of as well.
    const ready = async () => {
      const answer = await here.app.inject({ url: '/readyz' });
      return [answer.statusCode, answer.json()];
    };
    await expect.poll(ready).toEqual([200, { status: 'ready', checks: { ...Object.fromEntries(checks), zones } }]);
  });

  it('names what is missing, while the process itself is alive; requests are told to come back', async () => {
    const broken = await openInstallation();
    const headers = await broken.key();
    await broken.context.database.run(`DELETE FROM standfirst.migration WHERE version > 2`);
    const old = await broken.app.inject({ url: '/readyz' });
    expect(old.statusCode).toBe(503);
    expect(old.json()).toMatchObject({
      checks: { database: 'ok', migrations: expect.stringMatching(/^The database is at version 2, /) },
    });
    await broken.context.database.run(`DROP SCHEMA standfirst CASCADE`);
    const answer = await broken.app.inject({ url: '/v1/posts', headers });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('relation');
    expect((await broken.app.inject({ url: '/healthz' })).statusCode).toBe(200);
    await broken.close();
  });
});

describe('a path outside of the page’s folder', () => {
  it.each(['/assets/', '/assets/..', '/assets/%00', '/assets/%2e%2e/package.json', '/assets/../../package.json'])(
    '%s is no fault of ours',
    async (url) => {
      const here = await openInstallation();
      const server = await here.app.listen({ host: '127.0.0.1', port: 0 });
      // As it is written: a client that tidies paths up would hide it.
      const status = await new Promise<number | undefined>((answered) => {
        request({ host: '127.0.0.1', port: new URL(server).port, path: url }, (answer) =>
          answered(answer.statusCode),
        ).end();
      });
      expect(status).toBeLessThan(500);
      expect(status).not.toBe(200);
      await here.close();
    },
  );
});
