import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { dollarsOf } from '../../parts/money.ts';
import { useMay } from '../../parts/use-may.ts';
import { useRoleWords } from '../../parts/use-role-words.ts';
import { approve, approveAtTime, reject, requestChanges, submit } from '../../shell/decide.ts';
import { move, mustGoBy, sendNow } from '../../shell/timing.ts';
import { may } from '../../shell/verbs.ts';
import { cancel } from '../../shell/withdraw.ts';
import { texts } from '../../texts.ts';
import css from './desk.module.css';

/** What can be decided about the chosen posts of a story, at once. What their state forbids is not there. */
export function Decision({ posts }: { posts: readonly Post[] }): ReactNode {
  const mayPublish = useMay('posts:publish');
  const role = useRoleWords();
  const can = (verb: Parameters<typeof may>[1]): boolean => posts.some((post) => may(post, verb));
  const cost = posts.reduce((sum, post) => sum + (may(post, 'approve') ? post.costMicroUsd : 0), 0);
  const [first] = posts;
  const isOwn = posts.some((post) => post.needsAnother);
  return (
    <>
      {can('approve') && !can('submit') && (
        <Button onClick={() => void approve(posts, 'in-turn')}>{texts.desk.approve(posts.length)}</Button>
      )}
      {can('submit') && (
        <Button onClick={() => void Promise.all(posts.filter((post) => may(post, 'submit')).map(submit))}>
          {texts.verbs.submit}
        </Button>
      )}
      {can('approve') && mayPublish && (
        <Button variant="default" onClick={() => void approveAtTime(posts)}>
          {texts.verbs.approveAt}
        </Button>
      )}
      {can('schedule') && (
        <Button variant="default" onClick={() => void move(posts)}>
          {texts.verbs.move}
        </Button>
      )}
      {posts.length === 1 && first !== undefined && first.state === 'stale' && may(first, 'publish') && (
        <Button variant="default" onClick={() => void sendNow(first)}>
          {texts.verbs.now}
        </Button>
      )}
      {can('request-changes') && (
        <Button variant="default" onClick={() => void requestChanges(posts)}>
          {texts.verbs.changes}
        </Button>
      )}
      {can('reject') ? (
        <Button variant="default" onClick={() => void reject(posts)}>
          {texts.verbs.reject}
        </Button>
      ) : (
        can('cancel') && (
          <Button variant="default" onClick={() => void cancel(posts)}>
            {texts.verbs.cancel}
          </Button>
        )
      )}
      {posts.some((post) => post.can.includes('setWorth')) && (
        <Button variant="default" onClick={() => void mustGoBy(posts)}>
          {texts.verbs.goBy}
        </Button>
      )}
      {role !== null && <span className={css.fourEyes}>{role}</span>}
      {isOwn && <span className={css.fourEyes}>{texts.desk.fourEyes}</span>}
      {cost > 0 && <span className={css.place}>{texts.desk.nowCost(dollarsOf(cost))}</span>}
    </>
  );
}
