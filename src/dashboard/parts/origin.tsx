import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Limits } from '../../domain/limits.ts';
import { editPost } from '../api/actions.ts';
import { postQuery, storyQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import type { Post } from '../api/types.ts';
import { textAsBefore } from '../shell/restore.ts';
import { done } from '../shell/undo.tsx';
import { run } from '../shell/verbs.ts';
import { texts } from '../texts.ts';
import { isLinked, partsFromMaster } from './master.ts';
import css from './post-column.module.css';

/** Whether the text follows the master text (or what was written from the article), or is an editor's own, which can go back. */
export function Origin({ post, limits }: { post: Post; limits: Limits | null }): ReactNode {
  const story = useQuery(storyQuery(post.storyId)).data;
  const master = story?.id === post.storyId ? (story?.master ?? null) : null;
  const isLater = master === null && post.revision > 1;
  const later = useQuery({ ...postQuery(post.id), enabled: isLater }).data?.revisions;
  if (post.articleId === null) return null;
  const isWritten = isLater && isByLine(later?.find((one) => one.n === post.revision));
  if (isWritten || isLinked(post, master, limits)) {
    const hint = master === null ? texts.post.linkedHint : texts.post.masterHint;
    return (
      <span className={css.origin} tabIndex={0} data-tip={hint} role="img" aria-label={hint}>
        ◉
      </span>
    );
  }
  const canReset = post.can.includes('edit');
  const hint = canReset ? (master === null ? texts.post.resetHint : texts.post.resetToMaster) : texts.post.editedHint;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      px={4}
      disabled={!canReset}
      aria-label={hint}
      data-tip={hint}
      onClick={() => void reset(post, master, limits)}
    >
      ✎
    </Button>
  );
}

async function reset(post: Post, master: string | null, limits: Limits | null): Promise<void> {
  let after: Post | undefined;
  const ok = await run(texts.post.reset, async () => {
    const parts =
      master !== null && limits !== null
        ? partsFromMaster(master, post, limits)
        : (await queryClient.fetchQuery(postQuery(post.id))).revisions.findLast(isByLine)?.parts;
    after = await editPost(post, parts ?? post.parts);
  });
  const changed = after;
  if (ok && changed !== undefined) {
    done(texts.post.wasReset, () => textAsBefore(changed, post));
  }
}

/** Written from the article, by the line itself: the first version, and each that follows the article when it changes. */
function isByLine(revision: { readonly author: string | null } | undefined): boolean {
  return revision?.author === 'line' || revision?.author === 'policy';
}
