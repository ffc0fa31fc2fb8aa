import type { ReactNode } from 'react';
import { weekdays } from '../../../domain/slot-rules.ts';
import type { QuietHours, SlotTime } from '../../../domain/slot-rules.ts';
import { NumberField } from '../../parts/number-field.tsx';
import { rulesTexts } from '../../texts/rules.ts';
import { DayRows } from './day-rows.tsx';

/** When posts may go out: what an account has of its own, and the house for those that follow it. */
interface Timing {
  readonly slots: readonly SlotTime[];
  readonly quietHours: readonly QuietHours[];
  readonly minGapMs: number;
}

const MINUTE_MS = 60_000;
const words = rulesTexts;

interface TimesProps {
  readonly slotsHint: string;
  readonly timing: Timing;
  readonly onChange: (change: Partial<Timing>) => void;
}

/** Slots and quiet hours. */
export function TimeFields({ slotsHint, timing, onChange }: TimesProps): ReactNode {
  return (
    <>
      <DayRows
        label={words.slots}
        hint={slotsHint}
        fields={{ time: words.at }}
        blank={{ time: '08:30', days: weekdays }}
        rows={timing.slots}
        onChange={(slots) => onChange({ slots })}
      />
      <DayRows
        label={words.quiet}
        hint={words.quietWhy}
        fields={{ from: words.from, to: words.to }}
        blank={{ from: '23:00', to: '06:00', days: weekdays }}
        rows={timing.quietHours}
        onChange={(quietHours) => onChange({ quietHours })}
      />
    </>
  );
}

/** The least time between two posts, in minutes. */
export function GapField({ timing, onChange }: Omit<TimesProps, 'slotsHint'>): ReactNode {
  return (
    <NumberField
      label={words.gap}
      range={{ min: 0, max: 1_440, decimals: 2 }}
      value={timing.minGapMs / MINUTE_MS}
      onChange={(minutes) => onChange({ minGapMs: Math.round(minutes * MINUTE_MS) })}
    />
  );
}
