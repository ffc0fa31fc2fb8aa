import { pagePosts } from '../src/store/post-list.ts';
import type { PostFilter } from '../src/store/post-filter.ts';
import type { Sql } from '../src/store/database.ts';

/** The statement of a page of posts as `GET /v1/posts` runs it, to be run without anything around it. */
export async function listStatement(filter: PostFilter): Promise<{ text: string; values: unknown[] }> {
  let caught = { text: '', values: [] as unknown[] };
  const sql: Sql = {
    async many(_row, text, values = []) {
      caught = { text, values: [...values] };
      return [];
    },
    one: async () => null,
    run: async () => 0,
  };
  // One more than the page: that is how the API knows whether there is another.
  await pagePosts(sql, filter, '-createdAt', { limit: LIMIT + 1, after: null });
  return caught;
}

/** Items a page has where nobody asks for another number. */
export const LIMIT = 25;
