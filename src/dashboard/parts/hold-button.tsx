import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post } from '../api/types.ts';
import { holdPost, liftPost, ownHold } from '../shell/hold-post.ts';
import { may } from '../shell/verbs.ts';
import { texts } from '../texts.ts';

/** Holds what is on its way out, and lets go again what is held; of what has no time yet, the menu holds. */
export function HoldButton({ post }: { post: Post }): ReactNode {
  const isHeld = ownHold(post) !== undefined;
  const isOnItsWay = ['approved', 'scheduled', 'publishing'].includes(post.state);
  if (!may(post, 'hold') || !(isHeld || isOnItsWay)) return null;
  return (
    <Button size="compact-sm" variant="default" onClick={() => void (isHeld ? liftPost(post) : holdPost(post))}>
      {isHeld ? texts.holds.liftPost : texts.holds.postButton}
    </Button>
  );
}
