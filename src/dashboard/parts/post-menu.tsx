import { Menu } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { Post } from '../api/types.ts';
import {
  cancel,
  checkOnNetwork,
  markPublished,
  may,
  move,
  nudge,
  reject,
  requestChanges,
  retry,
  sendAgain,
  sendNow,
} from '../shell/post-verbs.ts';
import { done } from '../shell/undo.tsx';
import { texts } from '../texts.ts';

/** Everything that may be done with a post now, in words. What its state forbids is not there. */
export function PostMenu({ post, children }: { post: Post; children: ReactElement }): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown>
        {may(post, 'check') && <Item onClick={() => void checkOnNetwork(post)} words={texts.verbs.check} />}
        {may(post, 'mark-published') && <Item onClick={() => void markPublished(post)} words={texts.verbs.mark} />}
        {may(post, 'retry') && <Item onClick={() => void retry([post])} words={texts.verbs.retry} />}
        {may(post, 'send-again') && <Item onClick={() => void sendAgain(post)} words={texts.verbs.again} />}
        {may(post, 'schedule') && (
          <Item
            onClick={() => void move(post)}
            words={post.state === 'scheduled' ? texts.verbs.move : texts.verbs.schedule}
          />
        )}
        {post.state === 'scheduled' && (
          <>
            <Item onClick={() => void nudge(post, -5)} words={texts.verbs.earlier} />
            <Item onClick={() => void nudge(post, 5)} words={texts.verbs.later} />
          </>
        )}
        {may(post, 'publish') && <Item onClick={() => void sendNow(post)} words={texts.verbs.now} />}
        {may(post, 'request-changes') && <Item onClick={() => void requestChanges(post)} words={texts.verbs.changes} />}
        {may(post, 'reject') && <Item onClick={() => void reject([post])} words={texts.verbs.reject} />}
        {may(post, 'cancel') && <Item onClick={() => void cancel([post])} words={texts.verbs.cancel} />}
        <Item
          onClick={() => {
            void navigator.clipboard
              ?.writeText(post.parts.map((part) => part.text).join('\n\n'))
              .then(() => done(texts.post.copied));
          }}
          words={texts.post.copy}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ onClick, words }: { onClick: () => void; words: string }): ReactNode {
  return <Menu.Item onClick={onClick}>{words}</Menu.Item>;
}
