import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { correctionsQuery } from '../../api/corrections.ts';
import { Guard } from '../../parts/guard.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { correctionTexts } from '../../texts/outbox.ts';
import { CorrectionCard } from './correction-card.tsx';
import css from './outbox.module.css';

/** What is out and not true any more. Not there at all where nothing is. */
export function Corrections(): ReactNode {
  const { data, error, refetch } = useQuery(correctionsQuery);
  if (data === undefined && error !== null) return <ProblemCard error={error} onRetry={() => void refetch()} />;
  if (data === undefined || data.length === 0) return null;
  return (
    <section className={css.corrections} aria-labelledby="corrections">
      <h2 id="corrections">{correctionTexts.title}</h2>
      <p className={css.muted}>{correctionTexts.why}</p>
      <ul className={css.plain}>
        {data.map((correction) => (
          <Guard key={correction.id}>
            <CorrectionCard correction={correction} />
          </Guard>
        ))}
      </ul>
    </section>
  );
}
