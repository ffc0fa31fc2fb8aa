import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { PostMenu } from './post-menu.tsx';
import { useWhere } from './use-networks.ts';

/** Three dots: everything that may be done with a post. */
export function PostMenuButton({ post }: { post: Post }): ReactNode {
  const { accountName } = useWhere()(post.accountId, post.network);
  return (
    <PostMenu post={post}>
      <Button size="compact-sm" variant="subtle" color="gray" px={6} aria-label={texts.post.more(accountName)}>
        <Icon name="more" />
      </Button>
    </PostMenu>
  );
}
