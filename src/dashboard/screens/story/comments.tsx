import { Button, Group, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { commentsQuery } from '../../api/queries.ts';
import { queryClient } from '../../api/query-client.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { useMay } from '../../parts/use-may.ts';
import { useNameOf } from '../../parts/use-name-of.ts';
import { Time } from '../../shell/time.tsx';
import { run } from '../../shell/verbs.ts';
import { texts } from '../../texts.ts';
import css from './story.module.css';

/** What colleagues say about the story. Nothing of it goes out. */
export function Comments({ storyId }: { storyId: string }): ReactNode {
  const { data, error } = useQuery(commentsQuery(storyId));
  const nameOf = useNameOf();
  const mayWrite = useMay('articles:write');
  const kept = useKept(`comment.${storyId}`, '');
  const words = kept.typed;
  const [isBusy, setIsBusy] = useState(false);
  const send = async (): Promise<void> => {
    if (isBusy || words.trim() === '') return;
    setIsBusy(true);
    const ok = await run(texts.story.comment, () => post(`/v1/stories/${storyId}/comments`, { text: words }));
    setIsBusy(false);
    if (!ok) return;
    kept.forget();
    void queryClient.invalidateQueries({ queryKey: ['comments', storyId] });
  };
  return (
    <section className={css.comments} aria-labelledby="comments">
      <h2 id="comments">{texts.story.comments}</h2>
      {error !== null && data === undefined && <ProblemCard error={error} />}
      {data?.length === 0 && <p className={css.muted}>{texts.story.noComments}</p>}
      <ol>
        {data?.map((comment) => (
          <li key={comment.id}>
            <small>
              {nameOf(comment.author)} · <Time at={comment.createdAt} />
            </small>
            <p dir="auto">{comment.text}</p>
          </li>
        ))}
      </ol>
      {mayWrite && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Textarea
            size="xs"
            label={texts.story.comment}
            autosize
            minRows={1}
            maxLength={2000}
            dir="auto"
            value={words}
            onChange={(event) => kept.type(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
            }}
          />
          <Group gap="xs" mt={6}>
            <Button type="submit" size="compact-sm" variant="default" loading={isBusy} disabled={words.trim() === ''}>
              {texts.story.sendComment}
            </Button>
            <KeptMark of={kept} />
          </Group>
        </form>
      )}
    </section>
  );
}
