import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { AppControllerRoute, BullBoardQueues, IServerAdapter } from '@bull-board/api/dist/types.js';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import type { JobBackend } from '../jobs/backend.ts';
import { openQueues } from '../jobs/queues.ts';

/** What one request of the board is answered with. */
export interface BoardAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

export interface Board {
  /** @param path below the mount, e.g. `/api/queues`. Null where the board has nothing there. */
  answer(path: string, query: Record<string, string>, nonce: string): Promise<BoardAnswer | null>;
  close(): Promise<void>;
}

const ui = join(dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json')), 'dist');
const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
};

/**
 * Bull-board over our queues, read-only twice: its queues are opened so, and of its routes only those are kept that read.
 * Its own page is not used, because it asks another host for fonts.
 */
export function openBoard(backend: JobBackend, networks: readonly string[], mount: string): Board {
  const opened = openQueues(backend, networks);
  const kept: { routes: AppControllerRoute[]; queues: BullBoardQueues; ui: unknown } = {
    routes: [],
    queues: new Map(),
    ui: {},
  };
  const adapter: IServerAdapter = {
    setQueues: (queues) => ((kept.queues = queues), adapter),
    setApiRoutes: (routes) => ((kept.routes = routes), adapter),
    setUIConfig: (config) => ((kept.ui = config), adapter),
    setViewsPath: () => adapter,
    setStaticPath: () => adapter,
    setEntryRoute: () => adapter,
    setErrorHandler: () => adapter,
  };
  createBullBoard({
    queues: opened.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: {
      uiConfig: { boardTitle: 'standfirst: queues', pollingInterval: { showSetting: false, forceInterval: 5 } },
    },
  });
  const readers = kept.routes
    .filter(({ method }) => [method].flat().every((one) => one === 'get'))
    .flatMap((route) => [route.route].flat().map((pattern) => ({ handler: route.handler, ...matcherOf(pattern) })));

  return {
    async answer(path, query, nonce) {
      if (path.startsWith('/static/')) return readStatic(path.slice('/static/'.length));
      for (const { regex, names, handler } of readers) {
        const found = regex.exec(path);
        if (found === null) continue;
        const params = Object.fromEntries(
          names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]),
        );
        const { status = 200, body } = await handler({
          queues: kept.queues,
          uiConfig: kept.ui as never,
          params,
          query,
          body: {},
          headers: {},
        });
        return { status, type: types['json'] ?? '', body: JSON.stringify(body) };
      }
      return path.startsWith('/api/')
        ? null
        : { status: 200, type: 'text/html; charset=utf-8', body: await page(kept.ui, mount, nonce) };
    },
    async close() {
      await Promise.all(opened.map((queue) => queue.close().catch(() => undefined)));
    },
  };
}

/** `/api/queues/:queueName/:jobId` as a regular expression with the names of its pieces. */
function matcherOf(pattern: string): { regex: RegExp; names: string[] } {
  const names = Array.from(pattern.matchAll(/:(\w+)/g), (match) => match[1] ?? '');
  return { regex: new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`), names };
}

async function readStatic(name: string): Promise<BoardAnswer | null> {
  const file = normalize(name);
  const type = types[file.split('.').at(-1) ?? ''];
  if (file.startsWith('..') || type === undefined) return null;
  const body = await readFile(join(ui, 'static', file)).catch(() => null);
  return body === null ? null : { status: 200, type, body };
}

/** The page around the board's own scripts and styles, by the names that its build gave them. */
async function page(config: unknown, mount: string, nonce: string): Promise<string> {
  const built = await readFile(join(ui, 'index.ejs'), 'utf8');
  const scripts = Array.from(built.matchAll(/<script defer src="(static\/[^"]+)"/g), (match) => match[1] ?? '');
  const styles = Array.from(
    built.matchAll(/<link href="(static\/[^"]+)" rel="stylesheet"/g),
    (match) => match[1] ?? '',
  );
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<base href="${mount}/">
<title>standfirst: queues</title>
<link rel="icon" href="static/images/logo.svg" type="image/svg+xml">
${styles.map((style) => `<link rel="stylesheet" href="${style}">`).join('\n')}
</head>
<body>
<script nonce="${nonce}" id="__UI_CONFIG__" type="application/json">${json}</script>
<div id="root"></div>
${scripts.map((script) => `<script nonce="${nonce}" defer src="${script}"></script>`).join('\n')}
</body>
</html>
`;
}
