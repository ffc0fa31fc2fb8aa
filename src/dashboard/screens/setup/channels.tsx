import { Alert, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Telling } from '../../../domain/house-rules.ts';
import { post } from '../../api/client.ts';
import { accountsQuery, networksQuery } from '../../api/queries.ts';
import { present } from '../../api/server-clock.ts';
import type { NotificationTest } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { announce } from '../../shell/announce.tsx';
import { Time } from '../../shell/time.tsx';
import { notifications as words } from '../../texts/settings.ts';
import css from './setup.module.css';

/** Each way by which somebody would be told, and a test of it. */
export function Channels({ telling, canTest }: { telling: Telling; canTest: boolean }): ReactNode {
  const accounts = useQuery(accountsQuery).data ?? [];
  const networks = useQuery(networksQuery).data ?? [];
  const chosen = telling.accounts.flatMap((id) => accounts.find((account) => account.id === id) ?? []);
  const isNobody = telling.mail.length === 0 && telling.accounts.length === 0;
  return (
    <>
      <h2 className={css.heading}>{words.channels}</h2>
      {isNobody ? (
        <p className={css.muted}>
          {words.noChannels}{' '}
          <Link to="/setup" search={{ tab: 'accounts' }}>
            {words.connect}
          </Link>
        </p>
      ) : (
        <>
          {canTest && <p className={css.muted}>{words.channelsWhy}</p>}
          <ul className={css.accounts} aria-label={words.channels}>
            {telling.mail.length > 0 && (
              <Channel name={words.mail} of={telling.mail.join(', ')} to={{ mail: telling.mail }} canTest={canTest} />
            )}
            {chosen.map(({ id, name, network }) => (
              <Channel
                key={id}
                name={name}
                of={networks.find((one) => one.id === network)?.name ?? network}
                to={{ accountId: id }}
                canTest={canTest}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

interface ChannelProps {
  readonly name: string;
  readonly of: string;
  readonly to: { readonly mail: readonly string[] } | { readonly accountId: string };
  readonly canTest: boolean;
}

type Tested = { readonly answer: NotificationTest; readonly at: Date } | { readonly error: unknown };

function Channel({ name, of, to, canTest }: ChannelProps): ReactNode {
  const [tested, setTested] = useState<Tested | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const test = async (): Promise<void> => {
    setIsBusy(true);
    setTested(null);
    try {
      const answer = await post<NotificationTest>('/v1/notification-tests', to);
      setTested({ answer, at: present() });
      announce(`${name}: ${words.outcomes[answer.outcome]}`);
    } catch (error) {
      setTested({ error });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <li>
      <div className={css.accountHead}>
        <div>
          <strong>{name}</strong> <span className={css.muted}>{of}</span>
        </div>
        {canTest && (
          <Button
            size="compact-sm"
            variant="default"
            loading={isBusy}
            aria-label={words.testTo(name)}
            onClick={() => void test()}
          >
            {words.test}
          </Button>
        )}
      </div>
      {tested !== null && ('error' in tested ? <ProblemCard error={tested.error} /> : <Answer {...tested} />)}
    </li>
  );
}

const colors = { delivered: 'green', unknown: 'yellow', refused: 'red' } as const;

function Answer({ answer: { outcome, detail }, at }: { answer: NotificationTest; at: Date }): ReactNode {
  return (
    <Alert
      mt={6}
      color={colors[outcome]}
      title={
        <>
          {words.outcomes[outcome]} · <Time at={at} />
        </>
      }
    >
      {outcome === 'refused' ? detail : null}
    </Alert>
  );
}
