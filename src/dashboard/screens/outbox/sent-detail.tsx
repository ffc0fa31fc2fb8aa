import { Anchor, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { postQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Preview } from '../../parts/preview.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { Time, latenessOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import css from './outbox.module.css';

/** One post that went out, whole: its text as it was sent, the audit beside it. */
export function SentDetail({ post, onDuplicate }: { post: Post; onDuplicate: () => void }): ReactNode {
  const detail = useQuery(postQuery(post.id)).data;
  const { accountName, networkName, limits, network } = useWhere()(post.accountId, post.network);
  const revision = detail?.id === post.id ? detail.revisions.find((one) => one.n === post.revision) : undefined;
  return (
    <div className={css.detail}>
      <Preview
        name={accountName}
        networkName={networkName}
        parts={post.parts}
        limits={limits}
        drawsCard={network?.powers['linkCard'] === 'auto' && post.link !== null}
      />
      <dl>
        {post.dueAt !== null && (
          <div>
            <dt>{texts.outbox.due}</dt>
            <dd>
              <Time at={post.dueAt} isFocusable />
            </dd>
          </div>
        )}
        {post.publishedAt !== null && (
          <div>
            <dt>{texts.outbox.sent}</dt>
            <dd>
              <Time at={post.publishedAt} isFocusable />{' '}
              {post.latenessMs !== null && `(${latenessOf(post.latenessMs)})`}
            </dd>
          </div>
        )}
        <div>
          <dt>{texts.outbox.by}</dt>
          <dd>{post.approvedBy ?? '–'}</dd>
        </div>
        {revision !== undefined && (
          <>
            <div>
              <dt>{texts.outbox.hash}</dt>
              <dd>
                <code>{revision.hash.slice(0, 24)}</code>
              </dd>
            </div>
            <div>
              <dt>{texts.outbox.revisions}</dt>
              <dd>{detail?.revisions.length}</dd>
            </div>
          </>
        )}
      </dl>
      <Group gap="xs">
        {post.url !== null && (
          <Anchor href={post.url} target="_blank" rel="noreferrer" size="sm">
            {texts.outbox.open}
          </Anchor>
        )}
        {post.articleId !== null && (
          <Link to="/stories/$id" params={{ id: post.articleId }}>
            {texts.desk.openStory}
          </Link>
        )}
        <Button size="compact-sm" variant="default" onClick={onDuplicate}>
          {texts.outbox.duplicate}
        </Button>
      </Group>
    </div>
  );
}
