import type { ReactNode, RefObject } from 'react';
import { useEffect } from 'react';
import type { Post } from '../../api/types.ts';
import { dayOf, weekdayOf } from '../../shell/clock.ts';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import css from './calendar.module.css';
import { bringAcross, bringUp } from './bring.ts';
import type { Cell } from './cells.ts';
import { Grid } from './grid.tsx';
import type { FreeSlot } from './hints.ts';

interface MonthViewProps {
  readonly rows: readonly (readonly Cell[])[];
  readonly current: string;
  readonly today: string;
  readonly zone: string;
  readonly free: ReadonlyMap<string, readonly FreeSlot[]>;
  readonly chip: (post: Post) => ReactNode;
  readonly onOpenDay: (date: string) => void;
  /** What the weeks are scrolled in. */
  readonly box: RefObject<HTMLElement | null>;
}

/** Most of the accent that a day's ground may have: more, and its text is hard to read. */
const MOST_HEAT = 18;
const HEAD_PX = 34;

/** Weeks of days: each with its first posts and how many there are, darker where there are more. */
export function MonthView({ rows, current, today, zone, free, chip, onOpenDay, box }: MonthViewProps): ReactNode {
  const start = rows[0]?.[0]?.date;
  useEffect(() => {
    const field = box.current?.querySelector<HTMLElement>(`[data-cell="${current}"]`);
    if (field == null || box.current === null) return;
    box.current.scrollTo(0, 0);
    bringAcross(box.current, field, 0);
    const isInSight = field.getBoundingClientRect().bottom <= box.current.getBoundingClientRect().bottom;
    if (!isInSight) bringUp(box.current, field, HEAD_PX);
    // Where another month is opened.
  }, [start]);
  const most = Math.max(1, ...rows.flat().map(({ count }) => count));
  const heads = (rows[0] ?? []).map(({ date }) => ({
    key: date,
    node: <span className={css.weekday}>{weekdayOf(new Date(date), 'UTC')}</span>,
  }));
  return (
    <Grid
      label={calendarTexts.month}
      rows={rows}
      columnPx={104}
      heads={heads}
      current={current}
      nameOf={({ from, count }) => calendarTexts.field(dayOf(new Date(from), zone), texts.posts(count))}
      classOf={({ date, isOutside }) => `${css.day} ${isOutside ? css.outside : ''} ${date < today ? css.past : ''}`}
      styleOf={({ count }) => ({ '--heat': `${Math.round((MOST_HEAT * count) / most)}%` })}
    >
      {({ key, date, count, posts }) => (
        <>
          <div className={css.dayLine}>
            <button
              type="button"
              tabIndex={-1}
              className={`${css.number} ${date === today ? css.today : ''}`}
              title={calendarTexts.openDay(date)}
              onClick={() => onOpenDay(date)}
            >
              {Number(date.slice(8))}
            </button>
            {count > 0 && <small>{texts.posts(count)}</small>}
          </div>
          {posts.map(chip)}
          {count > posts.length && (
            <button type="button" tabIndex={-1} className={css.more} onClick={() => onOpenDay(date)}>
              {calendarTexts.more(count - posts.length)}
            </button>
          )}
          {free.has(key) && <small className={css.free}>{calendarTexts.freeSlots(free.get(key)?.length ?? 0)}</small>}
        </>
      )}
    </Grid>
  );
}
