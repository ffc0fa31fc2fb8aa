import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { timelineQuery } from '../api/queries.ts';
import { Time } from '../shell/time.tsx';
import { texts } from '../texts.ts';
import { ProblemCard } from './problem-card.tsx';
import { RichText } from './rich-text.tsx';
import css from './timeline.module.css';

/** What our own network was sent, newest first, as it happens. */
export function SandboxTimeline(): ReactNode {
  const { data, error } = useQuery(timelineQuery);
  return (
    <section aria-labelledby="sandbox-timeline" className={css.timeline}>
      <h2 id="sandbox-timeline">{texts.story.timeline}</h2>
      {error !== null && data === undefined && <ProblemCard error={error} />}
      {data?.length === 0 && <p className={css.empty}>{texts.story.timelineEmpty}</p>}
      <ol tabIndex={0} aria-labelledby="sandbox-timeline">
        {data?.map((item) => (
          <li key={item.id}>
            <Time at={item.createdAt} />
            <p dir="auto">
              <RichText text={item.text} grammar="schemed" />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
