import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { postQuery } from '../../api/queries.ts';
import { Bones } from '../../parts/bones.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { ScrollBox } from '../../parts/scroll-box.tsx';
import { Time } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';

/** Every try at sending a post, and what came of it. */
export function AttemptTrail({ postId }: { postId: string }): ReactNode {
  const query = useQuery(postQuery(postId));
  if (query.data?.id !== postId) {
    return query.error === null ? <Bones rows={1} height={40} /> : <ProblemCard error={query.error} />;
  }
  const { attempts, accountId } = query.data;
  if (attempts.length === 0) return <p>{texts.failures.noTries}</p>;
  return (
    <ScrollBox label={texts.failures.trail}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{texts.failures.try}</Table.Th>
            <Table.Th>{texts.failures.at}</Table.Th>
            <Table.Th>{texts.failures.outcome}</Table.Th>
            <Table.Th>{texts.failures.said}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {attempts.map((attempt) => (
            <Table.Tr key={attempt.id}>
              <Table.Td>
                {attempt.part + 1}.{attempt.n}
              </Table.Td>
              <Table.Td>
                <Time of={accountId} at={attempt.sentAt ?? attempt.startedAt} />
              </Table.Td>
              <Table.Td>{texts.failures.phases[attempt.phase] ?? attempt.phase}</Table.Td>
              <Table.Td>{attempt.failure?.detail ?? attempt.url ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollBox>
  );
}
