import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageRequest } from '../store/page.ts';
import type { ApiProblem } from './problem.ts';
import { invalid } from './validate.ts';

/**
 * One page of a list: asks the store for one row more than fits, to know whether there is a next page.
 * @param keysOf sort values of a row, the id last; what the cursor holds.
 */
export async function sendPage<Row, Item>(
  request: FastifyRequest<{ Querystring: { cursor?: string | undefined; limit: number } }>,
  reply: FastifyReply,
  list: (page: PageRequest) => Promise<Row[]>,
  keysOf: (row: Row) => readonly (string | null)[],
  view: (row: Row) => Item,
): Promise<{ data: Item[]; nextCursor: string | null }> {
  const { cursor, limit } = request.query;
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await list({ limit: limit + 1, after }).catch((error: unknown) => {
    // Class 22: a value of a type the column cannot have. Only a cursor of another list, or a forged one, gets this far.
    if (after !== null && String((error as { code?: unknown }).code).startsWith('22')) throw notACursor();
    throw error;
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? writeCursor(keysOf(last)) : null;
  if (nextCursor !== null) void reply.header('link', `<${nextUrl(request.url, nextCursor)}>; rel="next"`);
  return { data: shown.map(view), nextCursor };
}

function writeCursor(keys: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url');
}

function readCursor(cursor: string): (string | null)[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(keys) && keys.every((key) => key === null || isKey(key))) return keys as (string | null)[];
  } catch {
    // Not even JSON: said below.
  }
  throw notACursor();
}

function notACursor(): ApiProblem {
  return invalid([
    {
      pointer: '?cursor',
      code: 'not-a-cursor',
      message: 'is not a cursor of this list: use nextCursor as it was given',
    },
  ]);
}

function isKey(key: unknown): key is string {
  return typeof key === 'string' && key.length <= 80 && /^[\w.:+-]+$/.test(key);
}

function nextUrl(url: string, cursor: string): string {
  const next = new URL(url, 'http://localhost');
  next.searchParams.set('cursor', cursor);
  return next.pathname + next.search;
}
