import { postQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Post, PostDetail } from '../../api/types.ts';
import { copy } from '../../shell/clipboard.ts';
import { done } from '../../shell/undo.tsx';
import { run } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';

/** Copies what an engineer needs to know about these posts, and no secret: the API gives none out. */
export async function copyBundle(posts: readonly Post[]): Promise<void> {
  await run(texts.failures.bundle, async () => {
    const details = await Promise.all(posts.map((post) => queryClient.fetchQuery(postQuery(post.id))));
    const bundle = JSON.stringify({ page: location.href, posts: details.map(bundleOf) }, null, 2);
    done((await copy(bundle)) ? texts.failures.copied : texts.post.cannotCopy);
  });
}

function bundleOf(post: PostDetail): unknown {
  const { id, network, accountId, state, version, revision, dueAt, wakeAt, staleAt, tries, failure, attempts } = post;
  return { id, network, accountId, state, version, revision, dueAt, wakeAt, staleAt, tries, failure, attempts };
}
