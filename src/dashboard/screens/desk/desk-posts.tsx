import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { PostColumn } from '../../parts/post-column.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { texts } from '../../texts.ts';
import { Checks } from './checks.tsx';
import css from './desk.module.css';
import type { Waiting } from './stories.ts';

interface DeskPostsProps {
  readonly story: Waiting;
  readonly place: string;
  readonly muted: ReadonlySet<string>;
  /** Shows this one alone; null shows all. */
  readonly only: number | null;
  readonly editing: string | null;
  readonly onMute: (post: Post) => void;
  readonly onEditing: (id: string | null) => void;
  readonly onApprove: () => void;
  readonly onApproveAt: () => void;
  readonly onReject: () => void;
  readonly onWhy: () => void;
}

/** The posts of the open story, and the decision about them. */
export function DeskPosts({
  story,
  place,
  muted,
  only,
  editing,
  onMute,
  onEditing,
  onApprove,
  onApproveAt,
  onReject,
  onWhy,
}: DeskPostsProps): ReactNode {
  const where = useWhere();
  const count = story.posts.filter((post) => !muted.has(post.id)).length;
  return (
    <div>
      <div className={css.decision}>
        <Button onClick={onApprove} disabled={count === 0}>
          {texts.desk.approve(count)}
        </Button>
        <Button variant="default" onClick={onApproveAt} disabled={count === 0}>
          {texts.verbs.approveAt}
        </Button>
        <Button variant="default" onClick={onReject} disabled={count === 0}>
          {texts.verbs.reject}
        </Button>
        <Button variant="default" onClick={onWhy}>
          {texts.story.why}
        </Button>
        <span className={css.place}>{place}</span>
        {story.articleId !== null && (
          <Link to="/stories/$id" params={{ id: story.articleId }}>
            {texts.desk.openStory}
          </Link>
        )}
      </div>
      {story.articleId !== null && <Checks articleId={story.articleId} posts={story.posts} />}
      {story.posts.length > 1 && (
        <div className={css.targets}>
          {story.posts.map((post, index) => (
            <Checkbox
              key={post.id}
              size="xs"
              label={`${index + 1} ${where(post.accountId, post.network).accountName}`}
              checked={!muted.has(post.id)}
              onChange={() => onMute(post)}
            />
          ))}
        </div>
      )}
      <div className={css.posts}>
        {story.posts.map(
          (post, index) =>
            (only === null || only === index) && (
              <PostColumn
                key={post.id}
                post={post}
                number={index + 1}
                isMuted={muted.has(post.id)}
                isEditing={editing === post.id}
                onEditing={(isEditing) => onEditing(isEditing ? post.id : null)}
              />
            ),
        )}
      </div>
    </div>
  );
}
