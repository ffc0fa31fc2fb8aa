import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { waitsForAccount } from '../../parts/next-out.ts';
import { useMay } from '../../parts/use-may.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { checkOnNetwork, reconnectAndRetry, retry } from '../../shell/mend.ts';
import { spanOf, useNow } from '../../shell/time.tsx';
import { may } from '../../shell/verbs.ts';
import { dismiss } from '../../shell/withdraw.ts';
import { texts } from '../../texts.ts';
import { copyBundle } from './bundle.ts';
import { FailedPost } from './failed-post.tsx';
import css from './failures.module.css';
import type { FailureGroup } from './groups.ts';
import { needsEdit, needsOperator, needsReconnect } from './groups.ts';
import { useWaitBehind } from './use-wait-behind.ts';

interface FailureCardProps {
  readonly group: FailureGroup;
  readonly chosenId: string | null;
  readonly selected: ReadonlySet<string>;
  readonly editing: string | null;
  readonly onChoose: (id: string) => void;
  readonly onSelect: (post: Post) => void;
  readonly onEditing: (id: string | null) => void;
}

/** One cause on one account: the sentence, what helps and who can do it, and each post with its trail. */
export function FailureCard({
  group,
  chosenId,
  selected,
  editing,
  onChoose,
  onSelect,
  onEditing,
}: FailureCardProps): ReactNode {
  const { account, accountName, networkName } = useWhere()(group.accountId, group.network);
  const now = useNow(10_000).getTime();
  const sentence = group.cause === 'stale' ? texts.failures.stale : group.sentence;
  const action = group.cause === 'stale' ? texts.failures.staleAction : group.action;
  const retriable = group.posts.filter((post) => may(post, 'retry'));
  const isConnection = needsReconnect(group.cause);
  const isOperators = needsOperator(group.cause);
  const toEdit = needsEdit(group.cause) ? group.posts.find((post) => post.can.includes('edit')) : undefined;
  const behind = useWaitBehind(group.accountId, waitsForAccount(account) !== null);
  const canReconnect = useMay('accounts:manage');
  const mayDismiss = useMay('posts:write');
  const bundle = (
    <Button variant={isOperators ? 'filled' : 'subtle'} onClick={() => void copyBundle(group.posts)}>
      {texts.failures.bundle}
    </Button>
  );
  return (
    <section className={css.group} aria-label={`${accountName}: ${sentence}`}>
      <header className={css.head}>
        <div>
          <h2>
            {accountName} <small>{networkName}</small>
          </h2>
          <p>
            <strong>{sentence}</strong> {action}
          </p>
          <small className={css.muted}>
            {texts.posts(group.posts.length)} · {texts.failures.oldest(spanOf(now - group.oldest))} ·{' '}
            {texts.failures.who(group.cause)}
            {behind > 0 && ` · ${texts.failures.waitBehind(texts.posts(behind))}`}
          </small>
        </div>
        <div className={css.actions}>
          {isOperators && bundle}
          {isConnection && account !== undefined && canReconnect && (
            <Button data-reconnect={group.id} onClick={() => void reconnectAndRetry(account, group.posts)}>
              {texts.failures.reconnectAndRetry}
            </Button>
          )}
          {toEdit !== undefined && <Button onClick={() => onEditing(toEdit.id)}>{texts.failures.editAndRetry}</Button>}
          {group.posts.some((post) => may(post, 'check')) && (
            <Button onClick={() => void checkOnNetwork(group.posts)}>{texts.failures.checkAll}</Button>
          )}
          {retriable.length > 0 && (
            <Button
              variant={isConnection || isOperators || needsEdit(group.cause) ? 'default' : 'filled'}
              onClick={() => void retry(retriable)}
            >
              {texts.failures.retryCount(retriable.length)}
            </Button>
          )}
          {mayDismiss && group.posts.some((post) => may(post, 'cancel')) && (
            <Button variant="default" onClick={() => void dismiss(group.posts)}>
              {texts.failures.dismiss}
            </Button>
          )}
          {!isOperators && bundle}
        </div>
      </header>
      <ul className={css.posts}>
        {group.posts.map((post) => (
          <FailedPost
            key={post.id}
            post={post}
            isChosen={post.id === chosenId}
            isSelected={selected.has(post.id)}
            isEditing={post.id === editing}
            onChoose={() => onChoose(post.id)}
            onSelect={() => onSelect(post)}
            onEditing={(isEditing) => onEditing(isEditing ? post.id : null)}
          />
        ))}
      </ul>
    </section>
  );
}
