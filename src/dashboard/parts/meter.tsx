import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { LengthRule } from '../../domain/limits.ts';
import { texts } from '../texts.ts';
import css from './meter.module.css';
import { breakdownOf } from './overflow.ts';

const RADIUS = 7;
const ROUND = 2 * Math.PI * RADIUS;

/** How full a text is by its network's rule: a ring, the numbers, and on hover or focus what the budget goes to. */
export function Meter({ text, rule }: { text: string; rule: LengthRule }): ReactNode {
  const parts = useMemo(() => breakdownOf(text, rule), [text, rule]);
  const share = Math.min(1, parts.total / parts.max);
  const unit = texts.units[rule.unit];
  const words = `${parts.total}/${parts.max} ${unit}`;
  const tone = parts.isOver ? css.over : parts.total > parts.max * 0.9 ? css.near : '';
  return (
    <span
      className={`${css.meter} ${tone ?? ''}`}
      tabIndex={0}
      data-tip={texts.meter.breakdown(parts.text, parts.link, parts.tags)}
      role="img"
      aria-label={`${words}. ${texts.meter.breakdown(parts.text, parts.link, parts.tags)}${parts.isOver ? `. ${texts.meter.over(-parts.left)}` : ''}`}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle className={css.track} cx="9" cy="9" r={RADIUS} />
        <circle
          className={css.fill}
          cx="9"
          cy="9"
          r={RADIUS}
          strokeDasharray={`${share * ROUND} ${ROUND}`}
          transform="rotate(-90 9 9)"
        />
      </svg>
      {words}
    </span>
  );
}
