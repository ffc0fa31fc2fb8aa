import fastifyStatic from '@fastify/static';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { htmlPage } from './html.ts';
import { ApiProblem, sendProblem } from './problem.ts';
import { NONCE_PLACEHOLDER } from './security-headers.ts';

const built = fileURLToPath(new URL('../../dist/dashboard/', import.meta.url));

/**
 * The page: files of `dist/dashboard` by name, and `index.html` with a fresh nonce for every address a person may open.
 * @param folder where the built page lies.
 */
export async function serveDashboard(app: FastifyInstance, folder: string = built): Promise<void> {
  if (existsSync(join(folder, 'assets'))) {
    // Names of files in assets/ carry a hash of their content, so they never change.
    await app.register(fastifyStatic, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      immutable: true,
      preCompressed: true,
      maxAge: '365d',
      index: false,
    });
  }
  app.get('/', { schema: { hide: true } }, (request, reply) => sendIndex(folder, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
    if (isPage && !/^\/(v1|assets|docs|problems)(\/|$)/.test(request.url)) return sendIndex(folder, request, reply);
    const path = request.url.split('?')[0] ?? '/';
    return sendProblem(new ApiProblem('not-found', `There is no ${request.method} ${path}.`), request, reply);
  });
}

async function sendIndex(folder: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  void reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
  let page: string;
  try {
    page = await readFile(join(folder, 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const body = '<p>The page has not been built yet. Run <code>npm run dashboard</code>, then load it again.</p>';
    return reply.code(503).send(htmlPage('The dashboard is missing', body, request.cspNonce));
  }
  return reply.send(page.replaceAll(NONCE_PLACEHOLDER, request.cspNonce));
}
