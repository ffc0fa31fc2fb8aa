import { Button, Code } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { post as ask } from '../../api/client.ts';
import type { Post, Rehearsal } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { copy } from '../../shell/clipboard.ts';
import { texts } from '../../texts.ts';
import css from './story.module.css';

/** The exact requests of every post, built by the code that sends them. Nothing leaves; secrets are blotted out. */
export function DryRun({ posts }: { posts: readonly Post[] }): ReactNode {
  const where = useWhere();
  const results = useQueries({
    queries: posts.map((post) => ({
      queryKey: ['dry-run', post.id, post.version],
      queryFn: () => ask<Rehearsal>(`/v1/posts/${post.id}/dry-run`),
      staleTime: Infinity,
    })),
  });
  return (
    <>
      <p className={css.muted}>{texts.story.dryRunHint}</p>
      {posts.map((post, index) => {
        const { accountName, networkName } = where(post.accountId, post.network);
        const result = results[index];
        return (
          <section
            key={post.id}
            className={css.rehearsal}
            aria-label={`${texts.story.dryRun}: ${accountName}, ${networkName}`}
          >
            <h3>
              {accountName} <small>{networkName}</small>
            </h3>
            {result?.error != null && <ProblemCard error={result.error} />}
            {result?.data === undefined ? (
              result?.error == null && <Bones rows={1} height={80} />
            ) : (
              <Requests rehearsal={result.data} />
            )}
          </section>
        );
      })}
    </>
  );
}

function Requests({ rehearsal }: { rehearsal: Rehearsal }): ReactNode {
  const { faults, repeats, notices, parts } = rehearsal;
  return (
    <>
      {faults.length === 0 ? (
        <p className={css.fine}>✓ {texts.story.dryRunFine}</p>
      ) : (
        <ul className={css.faults}>
          {faults.map((fault) => (
            <li key={fault.pointer + fault.code}>✕ {fault.message}</li>
          ))}
        </ul>
      )}
      {[...repeats, ...notices].map(({ code, pointer, message }) => (
        <p key={pointer + code + message}>⚠ {message}</p>
      ))}
      {parts.map((part, index) => (
        <div key={index}>
          {parts.length > 1 && <h4>{texts.editor.part(index + 1, parts.length)}</h4>}
          {part.prepared !== null && <Json title={texts.story.prepared} value={part.prepared} />}
          {part.requests.map((request, n) => (
            <Json key={n} title={`${request.method} ${request.url}`} value={request.body} />
          ))}
        </div>
      ))}
    </>
  );
}

function Json({ title, value }: { title: string; value: unknown }): ReactNode {
  const text = JSON.stringify(value, null, 2);
  return (
    <figure className={css.json}>
      <figcaption>
        <code>{title}</code>
        <Button size="compact-xs" variant="default" flex="none" onClick={() => void copy(text)}>
          {texts.post.copyKey}
        </Button>
      </figcaption>
      <Code block tabIndex={0} dir="ltr">
        {text}
      </Code>
    </figure>
  );
}
