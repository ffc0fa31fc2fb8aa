import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { PostMenuButton } from '../../parts/post-menu-button.tsx';
import { waitsOf } from '../../parts/next-out.ts';
import { State, Waits } from '../../parts/state.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { Time, dayOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { rundownTexts } from '../../texts/rundown.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import css from './agenda.module.css';
import type { Cell } from './cells.ts';

interface AgendaProps {
  readonly days: readonly Cell[];
  readonly zone: string;
  readonly picked: ReadonlySet<string>;
  readonly onOpen: (post: Post) => void;
  readonly onOpenDay: (date: string) => void;
}

/** Two weeks as a list: for small screens, for screen readers, and for reading. */
export function Agenda({ days, zone, picked, onOpen, onOpenDay }: AgendaProps): ReactNode {
  const where = useWhere();
  return days.map(({ date, from, count, posts }) => {
    if (count === 0) return null;
    return (
      <section key={date} className={css.agenda} aria-label={dayOf(new Date(from), zone)}>
        <h2>
          {dayOf(new Date(from), zone)} <small>{texts.posts(count)}</small>
        </h2>
        <ul>
          {posts.map((post) => {
            const { account, accountName } = where(post.accountId, post.network);
            const waits = waitsOf(post, account);
            return (
              <li key={post.id} className={picked.has(post.id) ? css.picked : ''}>
                <Time of={post.accountId} at={post.dueAt ?? ''} />
                {waits === null ? <State of={post} /> : <Waits words={rundownTexts.waits[waits]} />}
                <button
                  type="button"
                  className={css.text}
                  data-chip={post.id}
                  data-opens=""
                  dir="auto"
                  onClick={() => onOpen(post)}
                >
                  {post.parts[0]?.text}
                </button>
                <small>{accountName}</small>
                <PostMenuButton post={post} />
              </li>
            );
          })}
        </ul>
        {count > posts.length && (
          <button type="button" className={css.more} onClick={() => onOpenDay(date)}>
            {calendarTexts.more(count - posts.length)}
          </button>
        )}
      </section>
    );
  });
}
