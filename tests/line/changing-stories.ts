import { requestArticle, rereadArticle } from '../../src/pipeline/ingest.ts';
import { approve } from '../../src/pipeline/post-actions.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { articleRequest, getArticle } from '../../src/store/article.ts';
import { pageCorrections } from '../../src/store/correction.ts';
import type { CorrectionRow } from '../../src/store/correction.ts';
import { getPost, postColumns, postFrom, postRow } from '../../src/store/post.ts';
import type { PostRow } from '../../src/store/post.ts';
import { until } from './installation.ts';
import type { Installation } from './installation.ts';
import { pageOf, runLine, story } from './newsroom.ts';
import type { Paper } from './newsroom.ts';

interface ChangingStories {
  /** A page of the paper that the line has read; `say` changes it, and the line reads it again. */
  article(name: string): Promise<{ id: string; storyId: string; path: string; say(headline: string): Promise<string> }>;
  /** By network. */
  postsOf(storyId: string): Promise<Record<string, PostRow>>;
  send(post: PostRow | undefined): Promise<PostRow>;
  correctionOf(storyId: string): Promise<CorrectionRow | undefined>;
}

/** Stories of a paper whose articles change after their posts are out. @param on what is there once the tests have begun. */
export function changingStories(on: () => { readonly at: Installation; readonly paper: Paper }): ChangingStories {
  let serial = 0;
  async function article(
    name: string,
  ): Promise<{ id: string; storyId: string; path: string; say(headline: string): Promise<string> }> {
    const { at, paper } = on();
    const path = `/${name}-${++serial}`;
    const write = (headline: string): void => void paper.pages.set(path, pageOf(headline, story(`${name} ${serial}`)));
    write(`${name} opens`);
    const { articleId } = await requestArticle(
      at.context,
      articleRequest.parse({ url: `${paper.url}${path}` }),
      'test',
    );
    await runLine(at.context);
    const row = await getArticle(at.context.database, articleId);
    return {
      id: articleId,
      storyId: row?.storyId ?? '',
      path,
      async say(headline) {
        const body = story(`${name} ${serial} ${headline}`);
        paper.pages.set(path, pageOf(headline, body));
        const { articleId: next } = await rereadArticle(at.context, articleId, 'test');
        await runLine(at.context);
        return next;
      },
    };
  }

  async function postsOf(storyId: string): Promise<Record<string, PostRow>> {
    const rows = await on().at.context.database.many(
      postRow,
      `SELECT ${postColumns} FROM ${postFrom} WHERE post.story_id = $1 ORDER BY post.id`,
      [storyId],
    );
    return Object.fromEntries(rows.map((row) => [row.network, row]));
  }

  async function send(post: PostRow | undefined): Promise<PostRow> {
    if (post === undefined) throw new Error('There is no such post.');
    const { context } = on().at;
    if (post.state === 'in_review') await approve(context, post.id, null, 'now', 'test');
    await publish(context, { postId: post.id, network: post.network }, new AbortController().signal);
    return until(`publishing ${post.id}`, async () => {
      const now = await getPost(context.database, post.id);
      return now?.state === 'published' ? now : null;
    });
  }

  async function correctionOf(storyId: string): Promise<CorrectionRow | undefined> {
    const rows = await pageCorrections(on().at.context.database, null, { limit: 100, after: null });
    return rows.find((row) => row.storyId === storyId);
  }
  return { article, postsOf, send, correctionOf };
}
