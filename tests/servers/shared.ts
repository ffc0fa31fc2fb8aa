import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test file asks for what one run shares. */
    sharedServers: string;
  }
}

/**
 * What one run of the tests shares: a PostgreSQL, started when the first file asks for a database and stopped at the end,
 * a data folder with an embedded database to copy and a browser, made in the same way, and the list of what was left out,
 * printed at the end.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<PostgresServer> | undefined;
  let dataFolder: Promise<string> | undefined;
  let browser: Promise<string> | undefined;
  const leftOut = new Set<string>();
  const desk = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    try {
      if (url.pathname === '/left-out') {
        leftOut.add(url.searchParams.get('what') ?? '');
        response.end();
      } else if (url.pathname === '/data-folder') {
        dataFolder ??= make('data-folder');
        response.end(await dataFolder);
      } else if (url.pathname === '/browser') {
        browser ??= make('browser');
        response.end(await browser);
      } else {
        // Tests on it are about what the product does, not about the disk: those start their own.
        postgres ??= startPostgres({ settings: { fsync: 'off' } });
        response.end(await (await postgres).createDatabase());
      }
    } catch (error) {
      response.writeHead(500).end((error as Error).message);
    }
  }).listen(0, '127.0.0.1');
  await once(desk, 'listening');
  project.provide('sharedServers', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);
  return async () => {
    desk.close();
    await (await postgres?.catch(() => undefined))?.stop();
    for (const made of [dataFolder, browser]) {
      const folder = await made?.catch(() => undefined);
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    }
    if (leftOut.size === 0) return;
    console.log(
      `\nLeft out:\n${[...leftOut]
        .sort()
        .map((what) => `  ${what}`)
        .join('\n')}`,
    );
  };
}

async function make(what: 'data-folder' | 'browser'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'standfirst-made-'));
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, `make-${what}.ts`), folder]);
  return folder;
}
