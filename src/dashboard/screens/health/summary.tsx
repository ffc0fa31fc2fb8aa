import type { ReactNode } from 'react';
import type { Figures, Outlook } from '../../api/types.ts';
import { ON_TIME_MS, onTimePercent } from '../../parts/on-time.ts';
import { spanOf } from '../../shell/time.tsx';
import { healthTexts } from '../../texts/health.ts';
import css from './health.module.css';

const GOAL = 0.99;
const words = healthTexts;

/** The answer in a row of figures: on time, out, failed, and what is still to go. */
export function Summary({
  figures,
  outlook,
  range,
  now,
}: {
  figures: Figures | undefined;
  outlook: Outlook | undefined;
  range: string;
  now: number;
}): ReactNode {
  const whole = figures?.networks[0]?.whole;
  const backlog = outlook?.backlog;
  const oldest = backlog?.oldestDueAt ?? null;
  const waitsMs = oldest === null ? 0 : now - new Date(oldest).getTime();
  const planned = outlook?.accounts.reduce((sum, row) => sum + row.planned, 0);
  const isBelow = whole !== undefined && whole.measured > 0 && whole.onTime / whole.measured < GOAL;
  return (
    <dl className={css.figures}>
      <Figure
        name={words.onTime}
        value={whole === undefined || whole.measured === 0 ? '–' : `${onTimePercent(whole)} %`}
        hint={words.onTimeWhy}
        isBad={isBelow}
      />
      <Figure name={words.published} value={whole === undefined ? '–' : whole.published + whole.retried} hint={range} />
      <Figure name={words.failed} value={whole?.failed ?? '–'} hint={range} isBad={(whole?.failed ?? 0) > 0} />
      <Figure
        name={words.backlog}
        value={backlog?.due ?? '–'}
        hint={oldest === null ? words.nothingDue : words.oldest(spanOf(waitsMs))}
        isBad={waitsMs > ON_TIME_MS}
      />
      <Figure name={words.active} value={backlog?.active ?? '–'} hint={words.activeWhy} />
      <Figure
        name={words.scheduled}
        value={backlog?.delayed ?? '–'}
        hint={planned === undefined ? '' : words.ofThose(planned)}
      />
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string | number;
  readonly hint: string;
  readonly isBad?: boolean;
}

function Figure({ name, value, hint, isBad = false }: FigureProps): ReactNode {
  return (
    <div className={isBad ? css.bad : ''}>
      <dt>{name}</dt>
      <dd>
        <strong className="tabular">
          {isBad && <span aria-hidden="true">⚠ </span>}
          {value}
        </strong>
        <small>{hint}</small>
      </dd>
    </div>
  );
}
