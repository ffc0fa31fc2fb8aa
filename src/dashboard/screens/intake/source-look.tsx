import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ruleTrialQuery } from '../../api/sources.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { sourceTexts } from '../../texts/sources.ts';
import type { Draft } from './draft.ts';
import { isReadable, rulesOf } from './draft.ts';
import css from './intake.module.css';
import { JudgedItems } from './judged-items.tsx';
import type { SourceLook } from './use-source-look.ts';

/** The rules are tried when the typing rests. */
const REST_MS = 700;
const SHOWN = 5;

/** What a source has now, before anything is saved. */
export function SourcePreview({ draft, look }: { draft: Draft; look: SourceLook }): ReactNode {
  const { data, error, isFetching, refetch } = look.query;
  return (
    <section className={css.look} aria-label={sourceTexts.preview} aria-busy={isFetching}>
      <h3>
        {sourceTexts.preview} {isFetching && <small className={css.meta}>{sourceTexts.reading}</small>}
      </h3>
      {error !== null && !isFetching && (
        <>
          <ProblemCard error={error} onRetry={() => void refetch()} />
          <p className={css.meta}>{sourceTexts.anywayWhy}</p>
        </>
      )}
      {error === null && data === undefined && !isFetching && <p className={css.meta}>{sourceTexts.previewWaits}</p>}
      {error === null && data !== undefined && isReadable(draft) && (
        <>
          <p className={css.meta} dir="auto">
            {data.title === null ? '' : `${data.title} · `}
            {sourceTexts.previewCount(data.itemCount)}
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
    <section className={css.look} aria-label={sourceTexts.rules} aria-busy={isFetching}>
      {error !== null && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {error === null && data !== undefined && (
        <>
          <h3 role="status">{data.of === 0 ? sourceTexts.trialEmpty : sourceTexts.trial(data.matched, data.of)}</h3>
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
