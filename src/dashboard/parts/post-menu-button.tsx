import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { lazy } from 'react';
import type { Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { Icon } from './icons.tsx';
import { LateMenu } from './late-menu.tsx';
import { useWhere } from './use-networks.ts';

const load = () => import('./post-menu.tsx');
const PostMenu = lazy(async () => ({ default: (await load()).PostMenu }));

/** Three dots: everything that may be done with a post. */
export function PostMenuButton({ post }: { post: Post }): ReactNode {
  const { accountName } = useWhere()(post.accountId, post.network);
  const name = texts.post.more(accountName);
  return (
    <LateMenu
      name={name}
      load={load}
      button={(more) => (
        <Button size="compact-sm" variant="subtle" color="gray" px={6} aria-label={name} {...more}>
          <Icon name="more" />
        </Button>
      )}
      menu={(button) => <PostMenu post={post}>{button}</PostMenu>}
    />
  );
}
