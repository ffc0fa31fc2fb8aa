import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { postQuery } from '../../api/queries.ts';
import type { Post, PostDetail } from '../../api/types.ts';
import { DiffText } from '../../parts/diff-text.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useNameOf } from '../../parts/use-name-of.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { Time } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import css from './story.module.css';

/** Every text a post had, with what changed from one to the next, and every try at sending it. Loaded when it is opened. */
export function Versions({ posts }: { posts: readonly Post[] }): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  const [id, setId] = useState(posts[0]?.id ?? '');
  const where = useWhere();
  const shown = posts.some((post) => post.id === id) ? id : (posts[0]?.id ?? '');
  return (
    <section className={css.versions} aria-labelledby="versions">
      <div className={css.versionsHead}>
        <h2 id="versions">{texts.story.history}</h2>
        <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? texts.story.hideHistory : texts.story.showHistory}
        </Button>
        {isOpen && (
          <Select
            size="xs"
            aria-label={texts.story.historyOf}
            data={posts.map((post) => ({ value: post.id, label: where(post.accountId, post.network).accountName }))}
            value={shown}
            allowDeselect={false}
            onChange={(value) => setId(value ?? '')}
          />
        )}
      </div>
      {isOpen && <History postId={shown} />}
    </section>
  );
}

interface Entry {
  readonly at: string;
  readonly what: string;
  readonly detail: ReactNode;
}

function History({ postId }: { postId: string }): ReactNode {
  const { data, error } = useQuery(postQuery(postId));
  const nameOf = useNameOf();
  if (data?.id !== postId) return error === null ? null : <ProblemCard error={error} />;
  return (
    <ol>
      {entriesOf(data, nameOf).map((entry, index) => (
        <li key={index}>
          <small>
            <Time at={entry.at} /> · <strong>{entry.what}</strong>
          </small>
          {entry.detail}
        </li>
      ))}
    </ol>
  );
}

function entriesOf(post: PostDetail, nameOf: (actor: string) => string): Entry[] {
  const textOf = (parts: Post['parts']): string => parts.map((part) => part.text).join('\n\n');
  const revisions = post.revisions.map((revision, index) => {
    const before = post.revisions[index - 1];
    const after = textOf(revision.parts);
    return {
      at: revision.createdAt,
      what: index === 0 ? texts.story.written : texts.story.version(revision.n, nameOf(revision.author ?? '')),
      detail: <DiffText before={before === undefined ? after : textOf(before.parts)} after={after} />,
    };
  });
  const attempts = post.attempts.map((attempt) => ({
    at: attempt.sentAt ?? attempt.startedAt,
    what: texts.story.attempt(attempt.n, texts.failures.phases[attempt.phase] ?? attempt.phase),
    detail: <p>{attempt.failure?.detail ?? attempt.url}</p>,
  }));
  const approval =
    post.approvedAt === null
      ? []
      : [
          {
            at: post.approvedAt,
            what: texts.story.approved(post.revision, nameOf(post.approvedBy ?? '')),
            detail: null,
          },
        ];
  return [...revisions, ...approval, ...attempts].sort((a, b) => a.at.localeCompare(b.at));
}
