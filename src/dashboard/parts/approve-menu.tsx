import { Menu } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { Post } from '../api/types.ts';
import { approve, approveAtTime } from '../shell/decide.ts';
import { texts } from '../texts.ts';

/** The ways to approve one post, loaded late (`LateMenu`). */
export function ApproveMenu({ post, children }: { post: Post; children: ReactElement }): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void approve([post], 'next-slot')}>{texts.verbs.approveNextSlot}</Menu.Item>
        <Menu.Item onClick={() => void approveAtTime([post])}>{texts.verbs.approveAt}</Menu.Item>
        <Menu.Item onClick={() => void approve([post], 'now')}>{texts.verbs.approveNow}</Menu.Item>
        <Menu.Item onClick={() => void approve([post])}>{texts.verbs.approveOnly}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
