import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { Empty } from '../../parts/empty.tsx';
import { useMay } from '../../parts/use-may.ts';
import { noteUnderWay } from '../../shell/undo.tsx';
import { calendarTexts } from '../../texts/calendar.ts';
import { dayAfter } from './days.ts';
import { fillFrom } from './fill.ts';
import type { CalendarPicture } from './use-calendar.ts';

/** Says why these days are empty, with the one thing to do: fill them from what is ready, or see what the filters hide. */
export function NothingHere({ picture, onClear }: { picture: CalendarPicture; onClear: () => void }): ReactNode {
  const { ready, search, range, today, cells, from, to, zone } = picture;
  const mayPlace = useMay('posts:publish');
  const mayWrite = useMay('articles:write');
  const [isBusy, setIsBusy] = useState(false);
  const { account, section, author, state } = search;
  if ((account ?? section ?? author ?? state) !== undefined) {
    return (
      <Empty title={calendarTexts.noMatch}>
        <Button onClick={onClear}>{calendarTexts.clear}</Button>
      </Empty>
    );
  }
  const days = Array.from({ length: range.days }, (_, at) => dayAfter(range.from, at))
    .filter((date) => date >= today)
    .map((date) => ({ date, to: Math.max(...cells.flatMap((cell) => (cell.date === date ? cell.to : []))) }));
  const fill = async (): Promise<void> => {
    setIsBusy(true);
    await noteUnderWay(fillFrom(ready, { days, from, to, zone }));
    setIsBusy(false);
  };
  return (
    <Empty
      title={calendarTexts.empty}
      why={ready.length > 0 ? calendarTexts.readyWaits(ready.length) : calendarTexts.noneReady}
    >
      {mayPlace && ready.length > 0 && days.length > 0 ? (
        <Button loading={isBusy} onClick={() => void fill()}>
          {calendarTexts.fill(ready.length)}
        </Button>
      ) : (
        mayWrite && (
          <Button component={Link} to="/intake" hash="paste">
            {calendarTexts.newStory}
          </Button>
        )
      )}
    </Empty>
  );
}
