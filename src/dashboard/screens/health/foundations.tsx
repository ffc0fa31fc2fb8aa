import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Account, Worker } from '../../api/types.ts';
import { ScrollBox } from '../../parts/scroll-box.tsx';
import { Time, spanOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import css from './health.module.css';

interface Readiness {
  readonly status: string;
  readonly checks: Readonly<Record<string, string>>;
}

const TWO_WEEKS_MS = 14 * 24 * 3_600_000;

/** Database, queue, workers, tokens that run out: what must hold for posts to go out. */
export function Foundations({
  workers,
  accounts,
  now,
}: {
  workers: readonly Worker[];
  accounts: readonly Account[];
  now: number;
}): ReactNode {
  // 503 is an answer too: it says what is missing.
  const ready = useQuery({
    queryKey: ['readyz'],
    queryFn: async ({ signal }): Promise<Readiness> =>
      (await fetch('/readyz', { signal })).json() as Promise<Readiness>,
    refetchInterval: 15_000,
  }).data;
  const ending = accounts.filter(
    (account) => account.expiresAt !== null && new Date(account.expiresAt).getTime() - now < TWO_WEEKS_MS,
  );
  return (
    <section className={css.foundations} aria-labelledby="foundations">
      <h2 id="foundations">{texts.health.parts}</h2>
      <ul>
        {Object.entries(ready?.checks ?? {}).map(([name, problem]) => (
          <li key={name}>
            <span className={problem === 'ok' ? css.good : css.broken}>
              {problem === 'ok' ? `✓ ${texts.health.ready}` : `✗ ${texts.health.notReady}`}
            </span>
            <span>{name}</span>
            {problem !== 'ok' && <span>{problem}</span>}
          </li>
        ))}
      </ul>
      {workers.length > 0 && (
        <>
          <h3>{texts.health.workers}</h3>
          <ScrollBox label={texts.health.workers}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{texts.health.host}</Table.Th>
                  <Table.Th>{texts.health.version}</Table.Th>
                  <Table.Th>{texts.health.seen}</Table.Th>
                  <Table.Th>{texts.health.started}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {workers.map((worker) => {
                  const age = now - new Date(worker.seenAt).getTime();
                  return (
                    <Table.Tr key={worker.id}>
                      <Table.Td>
                        {worker.host}:{worker.pid}
                      </Table.Td>
                      <Table.Td>{worker.version}</Table.Td>
                      <Table.Td className={worker.isAlive ? css.good : ''}>
                        {worker.isAlive ? texts.health.alive : texts.time.ago(spanOf(age))}
                      </Table.Td>
                      <Table.Td>
                        <Time at={worker.startedAt} />
                      </Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </ScrollBox>
        </>
      )}
      <h3>{texts.health.tokens}</h3>
      {ending.length === 0 && <p className={css.muted}>{texts.health.noTokens}</p>}
      <ul>
        {ending.map((account) => (
          <li key={account.id}>
            <strong>{account.name}</strong> {account.expiresAt !== null && <Time at={account.expiresAt} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
