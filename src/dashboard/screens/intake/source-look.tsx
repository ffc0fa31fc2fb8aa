import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ruleTrialQuery, sourcePreviewQuery } from '../../api/sources.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { texts } from '../../texts.ts';
import type { Draft } from './draft.ts';
import { givenOf, isReadable, rulesOf } from './draft.ts';
import css from './intake.module.css';
import { JudgedItems } from './judged-items.tsx';

/** Looking waits until the typing rests: a look reads somebody's server. */
const REST_MS = 700;
const SHOWN = 5;

/** What a source has now, before anything is saved. */
export function SourcePreview({ draft }: { draft: Draft }): ReactNode {
  const [rested] = useDebouncedValue(draft, REST_MS);
  const { data, error, isFetching, refetch } = useQuery(
    sourcePreviewQuery(isReadable(rested) ? givenOf(rested) : null),
  );
  return (
    <section className={css.look} aria-label={texts.sources.preview} aria-busy={isFetching}>
      <h3>
        {texts.sources.preview} {isFetching && <small className={css.meta}>{texts.sources.reading}</small>}
      </h3>
      {error !== null && !isFetching && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {error === null && data === undefined && !isFetching && <p className={css.meta}>{texts.sources.previewWaits}</p>}
      {error === null && data !== undefined && isReadable(draft) && (
        <>
          <p className={css.meta} dir="auto">
            {data.title === null ? '' : `${data.title} · `}
            {texts.sources.previewCount(data.itemCount)}
            {data.note === null ? '' : ` · ${data.note}`}
          </p>
          <JudgedItems items={data.items.slice(0, SHOWN).map((item, index) => ({ ...item, id: String(index) }))} />
        </>
      )}
    </section>
  );
}

/** What the rules in the form would have made of the last hundred items. */
export function RuleTrial({ sourceId, draft }: { sourceId: string; draft: Draft }): ReactNode {
  const [rested] = useDebouncedValue(draft, REST_MS);
  const { data, error, isFetching, refetch } = useQuery(ruleTrialQuery(sourceId, rulesOf(rested)));
  return (
    <section className={css.look} aria-label={texts.sources.rules} aria-busy={isFetching}>
      {error !== null && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {error === null && data !== undefined && (
        <>
          <h3 role="status">{data.of === 0 ? texts.sources.trialEmpty : texts.sources.trial(data.matched, data.of)}</h3>
          <JudgedItems
            items={data.items
              .slice(0, 2 * SHOWN)
              .map(({ decision, judgement }) => ({ id: decision.id, title: decision.title, judgement }))}
          />
        </>
      )}
    </section>
  );
}
