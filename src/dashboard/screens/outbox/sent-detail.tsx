import { Anchor, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { articleQuery, postQuery } from '../../api/queries.ts';
import type { Post } from '../../api/types.ts';
import { Preview } from '../../parts/preview.tsx';
import { useMay } from '../../parts/use-may.ts';
import { useNameOf } from '../../parts/use-name-of.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { Time, latenessOf } from '../../shell/time.tsx';
import { may } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import { outboxTexts } from '../../texts/outbox.ts';
import css from './outbox.module.css';
import { SentAudit } from './sent-audit.tsx';
import { correctOrSay, duplicate, postLater, remove } from './verbs.ts';

/** One post that went out, whole: its text as it was sent, what is known of it, what can still be done. */
export function SentDetail({ post }: { post: Post }): ReactNode {
  const detail = useQuery(postQuery(post.id)).data;
  const summary = useQuery({ ...articleQuery(post.articleId ?? ''), enabled: post.articleId !== null }).data?.summary;
  const nameOf = useNameOf();
  const mayWrite = useMay('posts:write');
  const mayRepeat = [useMay('posts:approve'), useMay('posts:publish')].every((one) => one);
  const { accountName, networkName, limits, network } = useWhere()(post.accountId, post.network);
  const revision = detail?.revisions.find((one) => one.n === post.revision);
  const facts: [string, ReactNode][] = [
    [outboxTexts.where, accountName],
    ...(post.dueAt === null ? [] : [fact(outboxTexts.due, <Time of={post.accountId} at={post.dueAt} />)]),
    ...(post.publishedAt === null ? [] : [fact(outboxTexts.sent, <Time of={post.accountId} at={post.publishedAt} />)]),
    ...(post.latenessMs === null ? [] : [fact(outboxTexts.late, latenessOf(post.latenessMs))]),
    ...(post.removedAt === null ? [] : [fact(outboxTexts.goneAt, <Time of={post.accountId} at={post.removedAt} />)]),
    [outboxTexts.by, post.approvedBy === null ? '–' : nameOf(post.approvedBy)],
    ...(detail === undefined ? [] : [fact(outboxTexts.tries, detail.attempts.length)]),
    ...(detail === undefined ? [] : [fact(outboxTexts.revisions, detail.revisions.length)]),
    ...(summary == null ? [] : [fact(outboxTexts.engine, `${summary.engine} ${summary.version}`)]),
    ...(revision === undefined ? [] : [fact(outboxTexts.hash, <code>{revision.hash}</code>)]),
  ];
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
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Group gap="xs">
        {post.url !== null && (
          <Anchor href={post.url} target="_blank" rel="noreferrer" size="sm">
            {outboxTexts.open}
          </Anchor>
        )}
        {post.articleId !== null && (
          <Link to="/stories/$id" params={{ id: post.articleId }}>
            {texts.desk.openStory}
          </Link>
        )}
        {may(post, 'correct') && (
          <Button size="compact-sm" variant="default" onClick={() => void correctOrSay(post)}>
            {outboxTexts.correct}
          </Button>
        )}
        {mayWrite && (
          <Button size="compact-sm" variant="default" onClick={() => void duplicate(post)}>
            {outboxTexts.duplicate}
          </Button>
        )}
        {mayRepeat && (
          <Button size="compact-sm" variant="default" onClick={() => void postLater(post)}>
            {outboxTexts.later}
          </Button>
        )}
        {may(post, 'remove') && (
          <Button size="compact-sm" variant="default" onClick={() => void remove(post)}>
            {outboxTexts.remove}
          </Button>
        )}
      </Group>
      <SentAudit postId={post.id} hash={revision?.hash ?? null} />
    </div>
  );
}

function fact(name: string, value: ReactNode): [string, ReactNode] {
  return [name, value];
}
