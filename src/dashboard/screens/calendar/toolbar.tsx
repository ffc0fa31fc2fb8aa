import { Button, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../../texts.ts';
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
        aria-label={texts.calendar.view}
        data={views.map((value) => ({ value, label: texts.calendar[value] }))}
        value={view}
        onChange={(value) => onView(value as View)}
      />
      <Button.Group>
        <Button size="compact-sm" variant="default" aria-label={texts.calendar.before} onClick={() => onStep(-1)}>
          ←
        </Button>
        <Button size="compact-sm" variant="default" onClick={onToday}>
          {texts.calendar.today}
        </Button>
        <Button size="compact-sm" variant="default" aria-label={texts.calendar.after} onClick={() => onStep(1)}>
          →
        </Button>
      </Button.Group>
    </>
  );
}
