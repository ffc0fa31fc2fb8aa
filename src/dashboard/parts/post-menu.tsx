import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { accountsQuery } from '../api/queries.ts';
import type { Post } from '../api/types.ts';
import { copy } from '../shell/clipboard.ts';
import { reject, requestChanges, rewrite } from '../shell/decide.ts';
import { holdPost, liftPost, ownHold } from '../shell/hold-post.ts';
import {
  checkOnNetwork,
  correct,
  markPublished,
  removeFromNetwork,
  retry,
  sendAgain,
  sendElsewhere,
} from '../shell/mend.ts';
import { move, mustGoBy, nudge, sendNow } from '../shell/timing.ts';
import { done } from '../shell/undo.tsx';
import { tellApart } from '../shell/tell-apart.ts';
import { may } from '../shell/verbs.ts';
import { cancel } from '../shell/withdraw.ts';
import { texts } from '../texts.ts';
import { useLikeness } from './use-likeness.ts';
import { useMay } from './use-may.ts';
import { useMenuFit } from './use-menu-fit.ts';

const rewritings = ['shorter', 'other-sentence', 'other-angle'] as const;

/** Everything that may be done with a post now, in words. What its state forbids is not there. It is loaded late (`LateMenu`). */
export function PostMenu({ post, children }: { post: Post; children: ReactElement }): ReactNode {
  const isOpen = post.can.includes('edit');
  const isLike = useLikeness(post.articleId) !== null;
  const mayTell = useMay('posts:publish');
  return (
    <Menu position="bottom-end" width={270} middlewares={useMenuFit()}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown style={{ overflowY: 'auto' }}>
        {may(post, 'check') && <Item onClick={() => void checkOnNetwork([post])} words={texts.verbs.check} />}
        {may(post, 'mark-published') && <Item onClick={() => void markPublished(post)} words={texts.verbs.mark} />}
        {may(post, 'retry') && <Item onClick={() => void retry([post])} words={texts.verbs.retry} />}
        {may(post, 'send-again') && <Item onClick={() => void sendAgain(post)} words={texts.verbs.again} />}
        {may(post, 'schedule') && (
          <Item
            onClick={() => void move([post])}
            words={post.state === 'scheduled' ? texts.verbs.move : texts.verbs.schedule}
          />
        )}
        {post.state === 'scheduled' && may(post, 'schedule') && (
          <>
            <Item onClick={() => void nudge([post], -5)} words={texts.verbs.earlier} />
            <Item onClick={() => void nudge([post], 5)} words={texts.verbs.later} />
          </>
        )}
        {may(post, 'publish') && <Item onClick={() => void sendNow(post)} words={texts.verbs.now} />}
        {post.can.includes('setWorth') && <Item onClick={() => void mustGoBy([post])} words={texts.verbs.goBy} />}
        {isOpen && post.articleId !== null && (
          <>
            <Menu.Divider />
            {rewritings.map((how) => (
              <Item key={how} onClick={() => void rewrite(post, how)} words={texts.verbs.rewrite[how]} />
            ))}
          </>
        )}
        {isOpen && <Elsewhere post={post} />}
        <Menu.Divider />
        {isLike && mayTell && post.articleId !== null && (
          <Item onClick={() => tellApart(post.articleId ?? '')} words={texts.story.tellApartMore} />
        )}
        {may(post, 'hold') && <HoldItem post={post} />}
        {may(post, 'request-changes') && (
          <Item onClick={() => void requestChanges([post])} words={texts.verbs.changes} />
        )}
        {may(post, 'reject') && <Item onClick={() => void reject([post])} words={texts.verbs.reject} />}
        {may(post, 'cancel') && <Item onClick={() => void cancel([post])} words={texts.verbs.cancel} />}
        {may(post, 'correct') && <Item onClick={() => void correct(post)} words={texts.verbs.correct} />}
        {may(post, 'remove') && <Item onClick={() => void removeFromNetwork(post)} words={texts.verbs.remove} />}
        <Item
          onClick={() => {
            void copy(post.parts.map((part) => part.text).join('\n\n')).then((ok) =>
              done(ok ? texts.post.copied : texts.post.cannotCopy),
            );
          }}
          words={texts.post.copy}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

function HoldItem({ post }: { post: Post }): ReactNode {
  if (ownHold(post) === undefined) return <Item onClick={() => void holdPost(post)} words={texts.holds.postMore} />;
  return <Item onClick={() => void liftPost(post)} words={texts.holds.liftPost} />;
}

/** The same text to another account, where it is looked at again. */
function Elsewhere({ post }: { post: Post }): ReactNode {
  const accounts = useQuery(accountsQuery).data ?? [];
  const others = accounts.filter((account) => account.id !== post.accountId && account.state !== 'removed');
  if (others.length === 0) return null;
  return (
    <Menu.Sub position="left-start">
      <Menu.Sub.Target>
        <Menu.Sub.Item>{texts.failures.elsewhere}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {others.map((account) => (
          <Item key={account.id} onClick={() => void sendElsewhere(post, account)} words={account.name} />
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  );
}

function Item({ onClick, words }: { onClick: () => void; words: string }): ReactNode {
  return <Menu.Item onClick={onClick}>{words}</Menu.Item>;
}
