import { Button, Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { PostColumns } from '../../parts/post-columns.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { texts } from '../../texts.ts';
import { Badges } from './badges.tsx';
import { Decision } from './decision.tsx';
import css from './desk.module.css';
import type { Waiting } from './stories.ts';
import { useFacts } from './use-facts.ts';

interface DeskPostsProps {
  readonly story: Waiting;
  readonly place: string;
  readonly muted: ReadonlySet<string>;
  /** What is decided about: what is drawn, and not left out. */
  readonly chosen: readonly Post[];
  /** Shows this one alone; null shows all. */
  readonly only: number | null;
  readonly editing: string | null;
  readonly onMute: (post: Post) => void;
  readonly onEditing: (id: string | null) => void;
  readonly onWhy: () => void;
}

/** The posts of the open story, what is known about them, and the decision. */
export function DeskPosts(props: DeskPostsProps): ReactNode {
  const { story, place, muted, chosen, only, editing, onMute, onEditing, onWhy } = props;
  const where = useWhere();
  const { facts, isToCome } = useFacts(story.articleId, story.posts);
  return (
    <div>
      <div className={css.decision}>
        <Decision posts={chosen} />
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
      {story.articleId !== null &&
        (facts === null ? <div className={css.badgesToCome} /> : <Badges facts={facts} articleId={story.articleId} />)}
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
      <div className={`${css.posts} ${isToCome ? css.untouched : ''}`}>
        <PostColumns posts={story.posts} only={only} editing={editing} onEditing={onEditing} muted={muted} />
      </div>
    </div>
  );
}
