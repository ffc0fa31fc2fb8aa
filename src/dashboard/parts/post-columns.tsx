import type { ReactNode } from 'react';
import type { Post } from '../api/types.ts';
import { Bones } from './bones.tsx';
import { Guard } from './guard.tsx';
import { PostColumn } from './post-column.tsx';
import { useIsWhereKnown } from './use-networks.ts';
import { useStillHolds } from './use-still.ts';

interface PostColumnsProps {
  readonly posts: readonly Post[];
  /** Shows the one at this place alone; null shows all. */
  readonly only: number | null;
  /** Id of the post that is being edited. */
  readonly editing: string | null;
  readonly onEditing: (id: string | null) => void;
  readonly muted?: ReadonlySet<string>;
}

/**
 * The posts of a story side by side, numbered as the keys name them, once they can be drawn as they stay: no button moves
 * away from the pointer. What is wrong with one stays in its column.
 */
export function PostColumns({ posts, only, editing, onEditing, muted }: PostColumnsProps): ReactNode {
  const shown = useStillHolds(posts, '[data-post]');
  if (!useIsWhereKnown()) return <Bones rows={2} height={180} />;
  return shown.map(
    (post, index) =>
      (only === null || only === index) && (
        <Guard key={post.id}>
          <PostColumn
            post={post}
            number={index + 1}
            isMuted={muted?.has(post.id) ?? false}
            isEditing={editing === post.id}
            onEditing={(isEditing) => onEditing(isEditing ? post.id : null)}
          />
        </Guard>
      ),
  );
}
