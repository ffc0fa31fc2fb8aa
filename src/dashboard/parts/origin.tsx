import { Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { editPost } from '../api/actions.ts';
import { postQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import type { Post } from '../api/types.ts';
import { done } from '../shell/undo.tsx';
import { run } from '../shell/verbs.ts';
import { texts } from '../texts.ts';
import css from './post-column.module.css';

/** Whether the text is the one written from the article, or an editor's own; the latter can go back to the former. */
export function Origin({ post }: { post: Post }): ReactNode {
  if (post.articleId === null) return null;
  if (post.revision === 1) {
    return (
      <Tooltip label={texts.post.linkedHint}>
        <span className={css.origin} tabIndex={0} role="img" aria-label={texts.post.linkedHint}>
          ◉
        </span>
      </Tooltip>
    );
  }
  const canReset = post.can.includes('edit');
  return (
    <Tooltip label={canReset ? texts.post.resetHint : texts.post.editedHint}>
      <Button
        size="compact-xs"
        variant="subtle"
        px={4}
        disabled={!canReset}
        aria-label={canReset ? texts.post.resetHint : texts.post.editedHint}
        onClick={() => void resetToFirst(post)}
      >
        ✎
      </Button>
    </Tooltip>
  );
}

async function resetToFirst(post: Post): Promise<void> {
  let after: Post | undefined;
  const ok = await run(texts.post.reset, async () => {
    const { revisions } = await queryClient.fetchQuery(postQuery(post.id));
    after = await editPost(post.id, post.version, revisions[0]?.parts ?? post.parts);
  });
  const changed = after;
  if (ok && changed !== undefined) {
    done(texts.post.wasReset, () => editPost(changed.id, changed.version, post.parts));
  }
}
