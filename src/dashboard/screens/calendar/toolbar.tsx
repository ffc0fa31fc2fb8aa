import { Button, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { calendarTexts } from '../../texts/calendar.ts';
import type { View } from './address.ts';
import { views } from './address.ts';

interface ToolbarProps {
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onToday: () => void;
}

/** Which stretch of time is shown, and how. */
export function Toolbar({ view, onView, onStep, onToday }: ToolbarProps): ReactNode {
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={calendarTexts.view}
        data={views.map((value) => ({ value, label: calendarTexts[value] }))}
        value={view}
        onChange={(value) => onView(value as View)}
      />
      <Button.Group>
        <Button size="compact-sm" variant="default" aria-label={calendarTexts.before} onClick={() => onStep(-1)}>
          ←
        </Button>
        <Button size="compact-sm" variant="default" onClick={onToday}>
          {calendarTexts.today}
        </Button>
        <Button size="compact-sm" variant="default" aria-label={calendarTexts.after} onClick={() => onStep(1)}>
          →
        </Button>
      </Button.Group>
    </>
  );
}
