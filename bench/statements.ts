import type { Sql } from '../src/store/database.ts';
import { insertPostsAlone } from '../src/store/new-post.ts';
import { USUAL_PAGE } from '../src/store/page.ts';
import type { PostFilter } from '../src/store/post-filter.ts';
import { pagePosts } from '../src/store/post-list.ts';

/** A statement as the API runs it, to be run without anything around it. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Where it is kept prepared. */
  readonly name?: string | undefined;
}

/** The page of posts of `GET /v1/posts`. */
export function listStatement(filter: PostFilter): Promise<Statement> {
  // One more than the page: that is how the API knows whether there is another.
  return caught((sql) => pagePosts(sql, filter, '-createdAt', { limit: USUAL_PAGE + 1, after: null }));
}

/**
 * A scheduled post with this text, as `POST /v1/posts` writes it for one account.
 * @param mark `HOUSE_MARK` of the account: where it is another by then, nothing is written.
 */
export function insertStatement(id: string, accountId: string, text: string, mark: string): Promise<Statement> {
  const post = {
    id,
    accountId,
    network: 'webhook',
    storyId: null,
    articleId: null,
    urgency: 'normal' as const,
    content: { parts: [{ text, media: [], card: null }], link: null, tags: [], lang: 'en', hash: id },
    state: 'approved' as const,
    due: { at: new Date(Date.now() + 3 * 86_400_000), staleAfterMs: 86_400_000 },
  };
  const origin = { ip: '127.0.0.1', requestId: id };
  const marks = new Map([[accountId, mark]]);
  return caught((sql) => insertPostsAlone(sql, [{ posts: [post], actor: 'bench', origin, marks }]));
}

async function caught(run: (sql: Sql) => Promise<unknown>): Promise<Statement> {
  let statement: Statement = { text: '', values: [] };
  await run({
    async many(_row, text, values = [], name) {
      statement = { text, values: [...values], name };
      return [];
    },
    one: async () => null,
    run: async () => 0,
  });
  return statement;
}
