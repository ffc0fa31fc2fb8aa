import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { lazy } from 'react';
import type { Post } from '../api/types.ts';
import { approve } from '../shell/decide.ts';
import { clockAt } from '../shell/time.tsx';
import { texts } from '../texts.ts';
import { LateMenu } from './late-menu.tsx';
import { dollarsOf } from './money.ts';
import { useMay } from './use-may.ts';
import { useNextFree } from './use-next-free.ts';

const load = () => import('./approve-menu.tsx');
const ApproveMenu = lazy(async () => ({ default: (await load()).ApproveMenu }));

/**
 * Approves one post, and says before when it would go out and what it costs. Until that is known nothing of it can be
 * pressed: it grows by those words, and what stood beside it would be another button by the time it is pressed. Who may give no
 * time approves without one.
 */
export function ApproveButton({ post }: { post: Post }): ReactNode {
  const { when, at, isPending } = useNextFree(post);
  const cost = post.costMicroUsd === 0 ? null : texts.post.costs(dollarsOf(post.costMicroUsd));
  const mayPublish = useMay('posts:publish');
  if (!mayPublish)
    return (
      <Button size="compact-sm" onClick={() => void approve([post])}>
        {texts.verbs.approve}
      </Button>
    );
  const hint = [when === null ? null : texts.post.goesOut(when), cost].filter((one) => one !== null).join(' · ');
  return (
    <Button.Group>
      <Button
        size="compact-sm"
        disabled={isPending}
        {...(at === null ? { 'data-tip': hint } : clockAt(at, post.accountId, hint))}
        onClick={() => void approve([post], 'in-turn')}
      >
        {when === null ? texts.verbs.approve : texts.verbs.approveFor(when)}
      </Button>
      <LateMenu
        name={texts.verbs.approveHow}
        load={load}
        button={(more) => (
          <Button
            size="compact-sm"
            px={6}
            disabled={isPending}
            aria-label={texts.verbs.approveHow}
            className="split"
            {...more}
          >
            <span aria-hidden="true">▾</span>
          </Button>
        )}
        menu={(button) => <ApproveMenu post={post}>{button}</ApproveMenu>}
      />
    </Button.Group>
  );
}
