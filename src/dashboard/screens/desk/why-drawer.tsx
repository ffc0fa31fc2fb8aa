import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../texts.ts';

/** Why the posts say what they say, over the posts. */
export function WhyDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }): ReactNode {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      // While it fades it would take keys that are meant for the page.
      transitionProps={{ duration: 0 }}
      title={texts.story.whyHint}
      closeButtonProps={{ 'aria-label': texts.close }}
    >
      {children}
    </Drawer>
  );
}
