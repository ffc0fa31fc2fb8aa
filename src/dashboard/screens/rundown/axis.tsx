import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { useState } from 'react';
import { isRightToLeft } from '../../parts/drag.ts';
import { clockOf, shortDayOf } from '../../shell/clock.ts';
import { clockAt } from '../../shell/time.tsx';
import { rundownTexts } from '../../texts/rundown.ts';
import css from './rundown.module.css';
import { isMidnight } from './ticks.ts';

interface AxisProps {
  readonly boxRef: Ref<HTMLDivElement>;
  readonly ticks: readonly number[];
  readonly zone: string;
  /** Whose lanes stand below: each tick tells their clocks. */
  readonly accountIds: readonly string[];
  readonly pxOf: (at: number) => number;
}

/** The round times above the lanes. One stop for the tab key, arrows go from one to the next. */
export function Axis({ boxRef, ticks, zone, accountIds, pxOf }: AxisProps): ReactNode {
  const [at, setAt] = useState<number | null>(null);
  const current = at !== null && ticks.includes(at) ? at : ticks[0];
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const isOn = event.key === 'ArrowRight';
    if ((!isOn && event.key !== 'ArrowLeft') || event.ctrlKey || event.metaKey || event.altKey) return;
    const tick = event.target as HTMLElement;
    const next = isOn === isRightToLeft(tick) ? tick.previousElementSibling : tick.nextElementSibling;
    if (next instanceof HTMLElement) next.focus();
    // To the screen the arrows are another stretch of time.
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={css.axis} ref={boxRef} role="group" aria-label={rundownTexts.axis} onKeyDown={onKeyDown}>
      {ticks.map((tick) => (
        <time
          key={tick}
          className={css.tickLabel}
          style={{ insetInlineStart: pxOf(tick) }}
          dateTime={new Date(tick).toISOString()}
          tabIndex={tick === current ? 0 : -1}
          onFocus={() => setAt(tick)}
          {...clockAt(new Date(tick), accountIds)}
        >
          {isMidnight(tick, zone) ? shortDayOf(new Date(tick), zone) : clockOf(new Date(tick), zone)}
        </time>
      ))}
    </div>
  );
}
