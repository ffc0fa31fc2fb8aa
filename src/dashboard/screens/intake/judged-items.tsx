import type { ReactNode } from 'react';
import type { Judgement } from '../../api/types.ts';
import { sourceTexts } from '../../texts/sources.ts';
import css from './intake.module.css';

interface Judged {
  readonly id: string;
  readonly title: string;
  readonly judgement: Judgement;
}

/** Items, each with what the rules make of it. */
export function JudgedItems({ items }: { items: readonly Judged[] }): ReactNode {
  return (
    <ul className={css.plain}>
      {items.map(({ id, title, judgement }) => (
        <li key={id}>
          <span className={css.what} dir="auto">
            {title}
          </span>
          <span className={`${css.outcome} ${(judgement.passes ? css.good : css.wait) ?? ''}`}>
            {judgement.passes
              ? judgement.isUrgent
                ? sourceTexts.fitsUrgent
                : sourceTexts.fits
              : (judgement.detail ?? sourceTexts.outcomes.filtered)}
          </span>
        </li>
      ))}
    </ul>
  );
}
