import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { PostMenuButton } from '../../parts/post-menu-button.tsx';
import { Time } from '../../shell/time.tsx';
import { may } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import css from './calendar.module.css';

interface PickedBarProps {
  readonly posts: readonly Post[];
  readonly onOpen: (post: Post) => void;
  readonly onMove: (posts: readonly Post[]) => void;
  readonly onNone: () => void;
}

/** What can be done with what is selected, over the plan so that nothing moves when it appears. */
export function PickedBar({ posts, onOpen, onMove, onNone }: PickedBarProps): ReactNode {
  const [only] = posts;
  if (only === undefined) return null;
  const isOne = posts.length === 1;
  return (
    <div className={css.picked}>
      {isOne && only.dueAt !== null && <Time of={only.accountId} at={only.dueAt} />}
      <span role="status" className={css.pickedWords} dir="auto">
        {isOne ? only.parts[0]?.text : calendarTexts.picked(posts.length)}
      </span>
      {isOne && (
        <Button size="compact-sm" onClick={() => onOpen(only)}>
          {texts.keys.open}
        </Button>
      )}
      {posts.some((post) => may(post, 'schedule')) && (
        <Button size="compact-sm" variant="default" onClick={() => onMove(posts)}>
          {texts.verbs.move}
        </Button>
      )}
      {isOne && <PostMenuButton post={only} />}
      <Button size="compact-sm" variant="subtle" onClick={onNone}>
        {calendarTexts.none}
      </Button>
    </div>
  );
}
