import type { ReactNode } from 'react';
import type { ScorePart } from '../api/types.ts';
import { texts } from '../texts.ts';
import type { Left } from './why-traces.ts';
import css from './why.module.css';

/** What no post says, each with the reason; before there are posts, what they may be written from. */
export function WhyLeft({ left, isBefore }: { left: readonly Left[]; isBefore: boolean }): ReactNode {
  if (left.length === 0) return null;
  return (
    <>
      <h3>{isBefore ? texts.why.used : texts.why.leftOut}</h3>
      <ul className={css.left}>
        {left.map(({ sentence: { index, text, rank, reasons }, why }) => (
          <li key={index}>
            <span dir="auto">{text}</span>{' '}
            <small>
              {rank === null || why === 'barred'
                ? against(reasons)
                : isBefore
                  ? texts.why.rank(rank)
                  : `${texts.why.rank(rank)}: ${texts.why.left[why]}`}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What spoke against a sentence; where nothing did by itself, all that was looked at. */
function against(reasons: readonly ScorePart[]): string {
  const low = reasons.filter(({ points }) => points < 0);
  return (low.length === 0 ? reasons : low).map(({ name }) => texts.why.reason(name)).join(', ');
}
