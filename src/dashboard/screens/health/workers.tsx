import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { workersQuery } from '../../api/queries.ts';
import type { Worker } from '../../api/types.ts';
import { ScrollBox } from '../../parts/scroll-box.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { Time, spanOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { healthTexts } from '../../texts/health.ts';
import { megabytesOf } from './amounts.ts';
import css from './health.module.css';

const words = healthTexts;

/** The processes that publish: who lives, what each holds of the memory, and what it is sending right now. */
export function Workers({ now }: { now: number }): ReactNode {
  const workers = useQuery(workersQuery).data ?? [];
  return (
    <section className={`${css.foundations} ${css.wholeRow}`} aria-labelledby="workers">
      <h2 id="workers">{words.workers}</h2>
      {workers.length > 0 && (
        <ScrollBox label={words.workersTable}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.worker}</Table.Th>
                <Table.Th>{words.seen}</Table.Th>
                <Table.Th>{words.sending}</Table.Th>
                <Table.Th>{words.atATime}</Table.Th>
                <Table.Th>{words.memory}</Table.Th>
                <Table.Th>{words.version}</Table.Th>
                <Table.Th>{words.started}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {workers.map((worker) => (
                <Table.Tr key={worker.id} data-worker={worker.id}>
                  <Table.Th scope="row">
                    {worker.host}:{worker.pid}
                    <small className={css.id}>{worker.id}</small>
                  </Table.Th>
                  <Table.Td className={worker.isAlive ? css.good : css.muted}>
                    {worker.isAlive ? words.alive : texts.time.ago(spanOf(now - new Date(worker.seenAt).getTime()))}
                  </Table.Td>
                  <Table.Td>
                    <Sending worker={worker} />
                  </Table.Td>
                  <Table.Td className="tabular">{worker.concurrency ?? '–'}</Table.Td>
                  <Table.Td className="tabular">
                    {worker.memoryBytes === null ? '–' : megabytesOf(worker.memoryBytes)}
                  </Table.Td>
                  <Table.Td>{worker.version}</Table.Td>
                  <Table.Td>
                    <Time at={worker.startedAt} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollBox>
      )}
    </section>
  );
}

/** To which accounts its posts go, while it has any. */
function Sending({ worker }: { worker: Worker }): ReactNode {
  const where = useWhere();
  if (worker.publishingCount === 0) return <span className={css.muted}>{words.idle}</span>;
  const names = [...new Set(worker.publishing.map(({ accountId }) => where(accountId, '').accountName))];
  return <Link to="/">{`${texts.posts(worker.publishingCount)}: ${names.join(', ')}`}</Link>;
}
