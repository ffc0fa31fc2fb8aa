import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { Icon } from '../../parts/icons.tsx';
import { PostMenu } from '../../parts/post-menu.tsx';
import { State } from '../../parts/state.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { Time, dayOf, useZone } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import css from './calendar.module.css';
import type { Day } from './days.ts';

interface AgendaProps {
  readonly days: readonly Day[];
  readonly lists: readonly (readonly Post[])[];
  readonly onOpen: (post: Post) => void;
}

const SHOWN = 100;

/** Two weeks as a list: for small screens, for screen readers, and for reading. */
export function Agenda({ days, lists, onOpen }: AgendaProps): ReactNode {
  const zone = useZone();
  const where = useWhere();
  return days.map((day, index) => {
    const list = lists[index] ?? [];
    if (list.length === 0) return null;
    return (
      <section key={day.date} className={css.agenda}>
        <h2>
          {dayOf(new Date(day.start), zone)} <small>{texts.posts(list.length)}</small>
        </h2>
        <ul>
          {list.slice(0, SHOWN).map((post) => {
            const { accountName } = where(post.accountId, post.network);
            return (
              <li key={post.id}>
                <Time at={post.dueAt ?? ''} />
                <State of={post} />
                <button type="button" className={css.agendaText} dir="auto" onClick={() => onOpen(post)}>
                  {post.parts[0]?.text}
                </button>
                <small className={css.muted}>{accountName}</small>
                <PostMenu post={post}>
                  <Button size="compact-xs" variant="subtle" color="gray" aria-label={texts.post.more(accountName)}>
                    <Icon name="more" />
                  </Button>
                </PostMenu>
              </li>
            );
          })}
        </ul>
        {list.length > SHOWN && <p className={css.muted}>{texts.calendar.more(list.length - SHOWN)}</p>}
      </section>
    );
  });
}
