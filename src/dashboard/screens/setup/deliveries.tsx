import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { get, post } from '../../api/client.ts';
import { getAll } from '../../api/queries.ts';
import type { Delivery, DeliveryDetail } from '../../api/types.ts';
import { Time } from '../../shell/time.tsx';
import { developerTexts } from '../../texts/developer.ts';
import { attempt } from './attempt.ts';
import css from './setup.module.css';

const SHOWN = 50;
const LOOK_MS = 5_000;

/** What a webhook was sent, newest first. */
export function Deliveries({ webhookId }: { webhookId: string }): ReactNode {
  const items = useQuery({
    queryKey: ['deliveries', webhookId],
    queryFn: ({ signal }) => getAll<Delivery>(`/v1/webhooks/${webhookId}/deliveries`, SHOWN, signal),
    refetchInterval: LOOK_MS,
  }).data?.items;
  const [openId, setOpenId] = useState<string | null>(null);
  const words = developerTexts;
  const again = (id: string): Promise<boolean> =>
    attempt(words.redeliver, 'deliveries', () => post(`/v1/deliveries/${id}/redeliver`), words.redelivered);
  if (items?.length === 0) return <p className={css.muted}>{words.noDeliveries}</p>;
  return (
    <ul className={css.accounts} aria-label={words.deliveries}>
      {items?.map((delivery) => (
        <li key={delivery.id}>
          <div className={css.accountHead}>
            <div>
              {delivery.type}{' '}
              <span className={css.muted}>
                <Time at={delivery.createdAt} /> · {words.tries(delivery.tries)}
              </span>
            </div>
            <span
              className={css.badge}
              data-state={{ delivered: 'connected', failed: 'signed-out', waiting: 'paused' }[delivery.state]}
            >
              {words.deliveryStates[delivery.state]}
            </span>
            <Button
              size="compact-xs"
              variant="default"
              aria-expanded={openId === delivery.id}
              onClick={() => setOpenId(openId === delivery.id ? null : delivery.id)}
            >
              {words.details}
            </Button>
            {delivery.state !== 'waiting' && (
              <Button size="compact-xs" variant="default" onClick={() => void again(delivery.id)}>
                {words.redeliver}
              </Button>
            )}
          </div>
          {openId === delivery.id && <Tries id={delivery.id} />}
        </li>
      ))}
    </ul>
  );
}

function Tries({ id }: { id: string }): ReactNode {
  const delivery = useQuery({
    queryKey: ['deliveries', 'one', id],
    queryFn: ({ signal }) => get<DeliveryDetail>(`/v1/deliveries/${id}`, signal),
  }).data;
  if (delivery === undefined) return null;
  return (
    <>
      <ol>
        {delivery.attempts.map((one) => (
          <li key={`${one.n}-${one.at}`}>
            <Time at={one.at} /> · {one.status ?? developerTexts.noAnswer} · {one.ms} ms
            {one.problem !== null && ` · ${one.problem}`}
            {one.response !== null && one.response !== '' && <pre className={css.payload}>{one.response}</pre>}
          </li>
        ))}
      </ol>
      <pre className={css.payload} tabIndex={0} aria-label={developerTexts.payload}>
        {delivery.payload}
      </pre>
    </>
  );
}
