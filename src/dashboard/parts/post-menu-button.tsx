import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Suspense, lazy, useState } from 'react';
import type { Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { useWhere } from './use-networks.ts';

// Every card of a list has one, and few are opened.
const PostMenu = lazy(() => import('./post-menu.tsx').then((module) => ({ default: module.PostMenu })));

/** Three dots: everything that may be done with a post. */
export function PostMenuButton({ post }: { post: Post }): ReactNode {
  const [isWanted, setIsWanted] = useState(false);
  const { accountName } = useWhere()(post.accountId, post.network);
  const button = (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      px={6}
      aria-label={texts.post.more(accountName)}
      aria-haspopup="menu"
      aria-expanded={false}
      {...(isWanted ? {} : { onClick: () => setIsWanted(true) })}
    >
      <Icon name="more" />
    </Button>
  );
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <PostMenu post={post}>{button}</PostMenu>
    </Suspense>
  );
}
