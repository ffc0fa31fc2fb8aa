import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Post } from '../../api/types.ts';
import { texts } from '../../texts.ts';
import css from './calendar.module.css';
import type { Day } from './days.ts';

interface MonthGridProps {
  readonly days: readonly Day[];
  readonly lists: readonly (readonly Post[])[];
  readonly today: string;
  readonly chip: (post: Post) => ReactNode;
  readonly onDrop: (id: string, date: string) => void;
  readonly onOpenDay: (date: string) => void;
}

/** Most chips that a day draws; the rest is a number, however many there are. */
const SHOWN = 4;
const WEEKDAYS = Array.from({ length: 7 }, (_, index) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2024, 0, 1 + index)),
  ),
);

/** A month: each day with its first posts and how many there are, darker where there are more. */
export function MonthGrid({ days, lists, today, chip, onDrop, onOpenDay }: MonthGridProps): ReactNode {
  const [over, setOver] = useState<string | null>(null);
  const most = Math.max(1, ...lists.map((list) => list.length));
  return (
    <div className={css.scroll}>
      <div className={css.month}>
        {WEEKDAYS.map((name) => (
          <div key={name} className={css.weekday} aria-hidden="true">
            {name}
          </div>
        ))}
        {days.map((day, index) => {
          const list = lists[index] ?? [];
          return (
            <section
              key={day.date}
              className={`${css.cell} ${day.isOutside ? css.outside : ''} ${over === day.date ? css.over : ''}`}
              aria-label={`${day.date}, ${texts.posts(list.length)}`}
              onDragOver={(event) => {
                event.preventDefault();
                setOver(day.date);
              }}
              onDragLeave={() => setOver(null)}
              onDrop={(event) => {
                event.preventDefault();
                setOver(null);
                onDrop(event.dataTransfer.getData('text/plain'), day.date);
              }}
            >
              <div className={css.heat} style={{ opacity: list.length / most }} />
              <button
                type="button"
                className={`${css.number} ${day.date === today ? css.today : ''}`}
                aria-label={day.date}
                onClick={() => onOpenDay(day.date)}
              >
                {Number(day.date.slice(8))}
              </button>
              {list.slice(0, SHOWN).map(chip)}
              {list.length > SHOWN && (
                <button type="button" className={css.more} onClick={() => onOpenDay(day.date)}>
                  {texts.calendar.more(list.length - SHOWN)}
                </button>
              )}
            </section>
          );
        })}
      </div>
    </div>
  );
}
