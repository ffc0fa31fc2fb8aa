import { Readable } from 'node:stream';
import { z } from 'zod';
import { pagePosts, postKeys } from '../../store/post-list.ts';
import type { PostFilter } from '../../store/post-filter.ts';
import type { Database } from '../../store/database.ts';
import { callerOf } from '../authenticate.ts';
import type { Caller } from '../caller.ts';
import type { Api, ApiContext } from '../parts.ts';
import type { PostView } from '../schemas/post.ts';
import { postFilter } from '../schemas/post.ts';
import { postFilterOf, postViewOf } from '../views/post.ts';

const PAGE = 200;

/** Posts to take along, in a spreadsheet's form or a program's. */
export function postExportRoutes(app: Api, { database, io }: ApiContext): void {
  app.get(
    '/v1/exports/posts',
    {
      schema: {
        operationId: 'exportPosts',
        summary: 'Every post that matches, as CSV or JSON lines',
        tags: ['posts'],
        produces: ['text/csv', 'application/jsonl'],
        querystring: postFilter.extend({
          format: z.enum(['csv', 'jsonl']).default('csv').describe('`csv` for a spreadsheet, `jsonl` for a program.'),
        }),
        response: { 200: z.string().describe('Oldest first; a file to save.') },
      },
    },
    async (request, reply) => {
      const { format, ...given } = request.query;
      const filter = postFilterOf(given);
      const caller = callerOf(request);
      const pieces = format === 'csv' ? csvLines(database, filter, caller) : jsonLines(database, filter, caller);
      const name = `posts-${io.now().toISOString().slice(0, 10)}.${format}`;
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Readable.from(pieces) as never);
    },
  );
}

async function* csvLines(database: Database, filter: PostFilter, caller: Caller): AsyncGenerator<string> {
  const { csvHeader, csvOf } = await import('../post-csv.ts');
  yield csvHeader();
  for await (const posts of pages(database, filter, caller)) yield csvOf(posts);
}

async function* jsonLines(database: Database, filter: PostFilter, caller: Caller): AsyncGenerator<string> {
  for await (const posts of pages(database, filter, caller))
    yield posts.map((post) => `${JSON.stringify(post)}\n`).join('');
}

/** Page by page, each a statement of its own: a reader that is slow holds nothing up. */
async function* pages(database: Database, filter: PostFilter, caller: Caller): AsyncGenerator<PostView[]> {
  for (let after: (string | null)[] | null = null; ;) {
    const rows = await pagePosts(database, filter, 'createdAt', { limit: PAGE, after });
    if (rows.length > 0) yield rows.map((row) => postViewOf(row, caller));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = postKeys(last, 'createdAt');
  }
}
