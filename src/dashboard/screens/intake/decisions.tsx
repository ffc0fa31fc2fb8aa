import { Button, Select } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ItemOutcome } from '../../../domain/source.ts';
import { outcomes, promotable } from '../../../domain/source.ts';
import { articlesQuery } from '../../api/queries.ts';
import { decisionsQuery } from '../../api/sources.ts';
import type { Decision } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useMay } from '../../parts/use-may.ts';
import { Time } from '../../shell/time.tsx';
import { sourceTexts } from '../../texts/sources.ts';
import css from './intake.module.css';
import { promote } from './source-verbs.ts';

/** Why each item of a source became a story, or did not; what was skipped can be taken in all the same. */
export function Decisions({ sourceId }: { sourceId: string }): ReactNode {
  const [outcome, setOutcome] = useState<ItemOutcome | null>(null);
  const query = useInfiniteQuery(decisionsQuery(sourceId, outcome));
  const decisions = query.data?.pages.flatMap((page) => page.data);
  return (
    <section className={css.decisions} aria-label={sourceTexts.log}>
      <div className={css.logHead}>
        <h4>{sourceTexts.log}</h4>
        <Select
          size="xs"
          aria-label={sourceTexts.outcome}
          value={outcome ?? 'all'}
          allowDeselect={false}
          onChange={(value) => setOutcome(outcomes.find((one) => one === value) ?? null)}
          data={[
            { value: 'all', label: sourceTexts.every },
            ...outcomes.map((one) => ({ value: one, label: sourceTexts.outcomes[one] })),
          ]}
        />
      </div>
      {query.isPending && <Bones rows={2} height={44} />}
      {query.error !== null && decisions === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {decisions?.length === 0 &&
        (outcome === null ? (
          <Empty title={sourceTexts.nothingDecided} why={sourceTexts.nothingDecidedWhy} />
        ) : (
          <Empty title={sourceTexts.noOutcome} />
        ))}
      {decisions !== undefined && decisions.length > 0 && (
        <ul className={css.plain}>
          {decisions.map((decision) => (
            <DecisionLine key={decision.id} decision={decision} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {sourceTexts.older}
        </Button>
      )}
    </section>
  );
}

const tones: Record<ItemOutcome, string | undefined> = {
  accepted: css.good,
  duplicate: css.wait,
  filtered: css.wait,
  refused: css.bad,
  baseline: css.wait,
  'over-cap': css.wait,
};

function DecisionLine({ decision }: { decision: Decision }): ReactNode {
  const mayWrite = useMay('articles:write');
  const articles = useQuery(articlesQuery).data?.items ?? [];
  // A duplicate names the story that was there first; the way to it is through one of its articles.
  const inStory = decision.storyId === null ? undefined : articles.find((one) => one.storyId === decision.storyId);
  const article = decision.articleId ?? inStory?.id;
  return (
    <li>
      <span className={`${css.outcome} ${tones[decision.outcome] ?? ''}`}>
        {sourceTexts.outcomes[decision.outcome]}
      </span>
      <span className={css.what}>
        {decision.url === null ? (
          <span dir="auto">{decision.title}</span>
        ) : (
          <a href={decision.url} target="_blank" rel="noreferrer" dir="auto">
            {decision.title}
          </a>
        )}
        {decision.detail !== null && <small>{decision.detail}</small>}
      </span>
      <span className={css.meta}>
        <Time at={decision.createdAt} />
      </span>
      {article !== undefined && (
        <Link to="/stories/$id" params={{ id: article }} className={css.meta}>
          {sourceTexts.story}
        </Link>
      )}
      {mayWrite && promotable.includes(decision.outcome) && (
        <Button size="compact-xs" variant="default" onClick={() => void promote(decision)}>
          {decision.outcome === 'refused' ? sourceTexts.readAgain : sourceTexts.promote}
        </Button>
      )}
    </li>
  );
}
