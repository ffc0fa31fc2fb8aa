import type { ReactNode, RefObject } from 'react';
import { useEffect } from 'react';
import type { Post } from '../../api/types.ts';
import { clockOf, dayOf, shortDayOf } from '../../shell/clock.ts';
import { clockAt } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import css from './calendar.module.css';
import type { Cell } from './cells.ts';
import { Grid } from './grid.tsx';
import type { FreeSlot } from './hints.ts';

interface HourViewProps {
  readonly rows: readonly (readonly Cell[])[];
  readonly current: string;
  readonly today: string;
  readonly zone: string;
  readonly now: Date;
  readonly free: ReadonlyMap<string, readonly FreeSlot[]>;
  readonly nameOf: (accountId: string) => string;
  readonly chip: (post: Post) => ReactNode;
  readonly onOpenDay: (date: string) => void;
  /** Null for who may give no time. */
  readonly onNew: ((at: string, accountId: string) => void) | null;
  /** What the hours are scrolled in. */
  readonly box: RefObject<HTMLElement | null>;
}

/** Free slots that a field names; the rest is a number. */
const MOST_FREE = 2;

/** One day or seven, hour by hour. An hour is as high as its posts need. */
export function HourView(props: HourViewProps): ReactNode {
  const { rows, current, today, zone, now, free, nameOf, chip, onOpenDay, onNew, box } = props;
  const days = rows[0] ?? [];
  const isWeek = days.length > 1;
  const counts = days.map((_, day) => rows.reduce((sum, row) => sum + (row[day]?.count ?? 0), 0));
  const at = now.getTime();
  const nowHour = Number(clockOf(now, zone).slice(0, 2));
  const start = days.some(({ date }) => date === today) ? Math.max(0, nowHour - 2) : 7;
  useEffect(() => {
    const row = box.current?.querySelector<HTMLElement>(`[data-row="${start}"]`);
    if (row == null || box.current === null) return;
    box.current.scrollTop = row.offsetTop - 40;
    // Where a week is wider than the screen, it opens on the day that is meant and not on its Monday.
    const field = box.current.querySelector<HTMLElement>(`[data-cell="${current}"]`);
    box.current.scrollLeft = field === null ? 0 : field.offsetLeft - row.offsetWidth;
    // Where another day is opened; the passing of hours moves nothing.
  }, [days[0]?.date, days.length]);

  const heads = days.map(({ date, from }, day) => {
    const name = shortDayOf(new Date(from), zone);
    const words = (
      <>
        {name} <small>{counts[day] === 0 ? '' : counts[day]}</small>
      </>
    );
    const node = isWeek ? (
      <button
        type="button"
        tabIndex={-1}
        className={`${css.dayHead} ${date === today ? css.today : ''}`}
        onClick={() => onOpenDay(date)}
      >
        {words}
      </button>
    ) : (
      <div className={css.dayHead}>{words}</div>
    );
    return { key: date, node };
  });
  return (
    <Grid
      label={isWeek ? calendarTexts.week : calendarTexts.day}
      rows={rows}
      columnPx={isWeek ? 122 : 220}
      heads={heads}
      rowHead={(hour) => hourOf(hour)}
      current={current}
      nameOf={({ date, hour, from, to, count }) =>
        from === to
          ? calendarTexts.skipped(hourOf(hour))
          : calendarTexts.field(`${dayOf(new Date(`${date}T12:00Z`), 'UTC')} ${hourOf(hour)}`, texts.posts(count))
      }
      classOf={({ from, to }) => `${css.hour} ${to <= at ? css.past : ''} ${from === to ? css.skipped : ''}`}
    >
      {({ key, date, from, to, hour, count, posts }) => {
        const slots = free.get(key) ?? [];
        return (
          <>
            {from <= at && at < to && (
              <div className={css.nowLine} style={{ top: `${(100 * (at - from)) / (to - from)}%` }} />
            )}
            {from === to && <small className={css.free}>{calendarTexts.skipped(hourOf(hour))}</small>}
            {posts.map(chip)}
            {count > posts.length && (
              <button type="button" tabIndex={-1} className={css.more} onClick={() => onOpenDay(date)}>
                {calendarTexts.more(count - posts.length)}
              </button>
            )}
            {slots.slice(0, MOST_FREE).map((slot) => (
              <Slot
                key={slot.accountId + slot.at}
                slot={slot}
                time={clockOf(new Date(slot.at), zone)}
                name={nameOf(slot.accountId)}
                onNew={onNew}
              />
            ))}
            {slots.length > MOST_FREE && (
              <small className={css.free}>{calendarTexts.freeSlots(slots.length - MOST_FREE)}</small>
            )}
          </>
        );
      }}
    </Grid>
  );
}

interface SlotProps extends Pick<HourViewProps, 'onNew'> {
  readonly slot: FreeSlot;
  readonly time: string;
  readonly name: string;
}

/** A free slot, which can be pressed by who may fill it. */
function Slot({ slot: { at, accountId }, time, name, onNew }: SlotProps): ReactNode {
  const words = (
    <>
      <span className="tabular">{time}</span> {name}
    </>
  );
  if (onNew === null)
    return (
      <small className={css.free} {...clockAt(at, accountId, calendarTexts.isFree(time, name))}>
        {words}
      </small>
    );
  return (
    <button
      type="button"
      tabIndex={-1}
      className={css.slot}
      {...clockAt(at, accountId, calendarTexts.freeSlot(time, name))}
      onClick={() => onNew(at, accountId)}
    >
      {words}
    </button>
  );
}

function hourOf(hour: number | null): string {
  return `${String(hour ?? 0).padStart(2, '0')}:00`;
}
