import type { ReactNode } from 'react';
import { Fragment, useEffect, useRef, useState } from 'react';
import type { Post } from '../../api/types.ts';
import { clockOf, dateOf, dayOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import css from './calendar.module.css';
import type { Day } from './days.ts';

interface HourGridProps {
  readonly days: readonly Day[];
  readonly lists: readonly (readonly Post[])[];
  readonly today: string;
  readonly zone: string;
  readonly now: Date;
  readonly chip: (post: Post) => ReactNode;
  readonly onDrop: (id: string, date: string, hour: number) => void;
  readonly onOpenDay: (date: string) => void;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const SHOWN_IN_WEEK = 4;
const SHOWN_IN_DAY = 200;

/** One day or seven, hour by hour. An hour is as high as its posts need. */
export function HourGrid({ days, lists, today, zone, now, chip, onDrop, onOpenDay }: HourGridProps): ReactNode {
  const [over, setOver] = useState<string | null>(null);
  const first = useRef<HTMLDivElement>(null);
  const nowHour = Number(clockOf(now, zone).slice(0, 2));
  const shown = days.length === 1 ? SHOWN_IN_DAY : SHOWN_IN_WEEK;
  const cells = lists.map((list) => {
    const hours: Post[][] = HOURS.map(() => []);
    for (const post of list) hours[Number(clockOf(new Date(post.dueAt ?? 0), zone).slice(0, 2))]?.push(post);
    return hours;
  });
  const range = days[0]?.date;
  const start = days.some((day) => day.date === today) ? Math.max(0, nowHour - 2) : 7;
  useEffect(() => {
    const box = first.current?.querySelector<HTMLElement>(`[data-hour="${start}"]`);
    if (box != null && first.current !== null) first.current.scrollTop = box.offsetTop - 40;
    // Where another day is opened; the passing of hours moves nothing.
  }, [range, days.length]);

  return (
    <div className={css.scroll} ref={first} tabIndex={0} role="region" aria-label={texts.nav.calendar}>
      <div
        className={css.hours}
        style={{ gridTemplateColumns: `52px repeat(${days.length}, minmax(${days.length === 1 ? 240 : 118}px, 1fr))` }}
      >
        <div className={css.corner} />
        {days.map((day, index) => (
          <button
            key={day.date}
            type="button"
            className={`${css.dayHead} ${day.date === today ? css.today : ''}`}
            onClick={() => onOpenDay(day.date)}
          >
            {dayOf(new Date(day.start), zone)} <small>{lists[index]?.length === 0 ? '' : lists[index]?.length}</small>
          </button>
        ))}
        {HOURS.map((hour) => (
          <Fragment key={hour}>
            <div className={css.hour} data-hour={hour}>
              {String(hour).padStart(2, '0')}:00
            </div>
            {days.map((day, index) => {
              const list = cells[index]?.[hour] ?? [];
              const id = `${day.date}-${hour}`;
              const isNow = hour === nowHour && day.date === dateOf(now, zone);
              return (
                <div
                  key={id}
                  className={`${css.slot} ${over === id ? css.over : ''} ${isNow ? css.nowSlot : ''}`}
                  onDragOver={(event) => {
                    event.preventDefault();
                    setOver(id);
                  }}
                  onDragLeave={() => setOver(null)}
                  onDrop={(event) => {
                    event.preventDefault();
                    setOver(null);
                    onDrop(event.dataTransfer.getData('text/plain'), day.date, hour);
                  }}
                >
                  {list.slice(0, shown).map(chip)}
                  {list.length > shown && (
                    <button type="button" className={css.more} onClick={() => onOpenDay(day.date)}>
                      {texts.calendar.more(list.length - shown)}
                    </button>
                  )}
                </div>
              );
            })}
          </Fragment>
        ))}
      </div>
    </div>
  );
}
