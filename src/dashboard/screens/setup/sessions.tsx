import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/client.ts';
import { getAll } from '../../api/queries.ts';
import type { SessionItem } from '../../api/types.ts';
import { Time } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { teamTexts } from '../../texts/team.ts';
import { attempt } from './attempt.ts';
import css from './setup.module.css';

/** Where you are signed in. */
export function Sessions(): ReactNode {
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: async ({ signal }) => (await getAll<SessionItem>('/v1/sessions', 200, signal)).items,
  }).data;
  const words = teamTexts;
  const end = (path: string): Promise<boolean> =>
    attempt(texts.session.out, 'sessions', () => ask('DELETE', path), words.ended);
  return (
    <section className={css.own} aria-labelledby="own-sessions">
      <h2 id="own-sessions" className={css.heading}>
        {words.sessions}
      </h2>
      <ul className={css.accounts}>
        {sessions?.map((session) => (
          <li key={session.id} className={css.accountHead}>
            <div>
              {session.ip ?? words.unknownPlace}{' '}
              <span className={css.muted}>
                {session.userAgent} · {words.seen} <Time at={session.seenAt} />
              </span>
            </div>
            {session.isCurrent ? (
              <span className={css.muted}>{words.here}</span>
            ) : (
              <Button size="compact-sm" variant="default" onClick={() => void end(`/v1/sessions/${session.id}`)}>
                {texts.session.out}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(sessions?.length ?? 0) > 1 && (
        <Button variant="default" onClick={() => void end('/v1/sessions')}>
          {words.endOthers}
        </Button>
      )}
    </section>
  );
}
