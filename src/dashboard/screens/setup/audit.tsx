import { Alert, Button, Group, Table, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import type { AuditRecord, AuditVerdict, Page } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { Time } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { data as words } from '../../texts/data.ts';
import { AuditChanges } from './audit-changes.tsx';
import css from './setup.module.css';

/** Who did what, and whether the record of it is whole. */
export function Audit(): ReactNode {
  const [action, setAction] = useState('');
  const [subject, setSubject] = useState('');
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  const [error, setError] = useState<unknown>(null);
  const filter = new URLSearchParams(
    Object.entries({ action: action.trim(), subject: subject.trim(), limit: '50' }).filter(([, value]) => value !== ''),
  );
  const query = useInfiniteQuery({
    queryKey: ['audit', filter.toString()],
    queryFn: ({ signal, pageParam }) =>
      get<Page<AuditRecord>>(
        `/v1/audit?${filter}${pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`}`,
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const verify = async (): Promise<void> => {
    setError(null);
    setVerdict(null);
    try {
      setVerdict(await get<AuditVerdict>('/v1/audit/verification'));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <>
      <h2 className={css.heading}>{words.audit}</h2>
      <Group align="flex-end" mb="sm">
        <TextInput
          size="xs"
          label={words.action}
          placeholder="post.approved"
          value={action}
          onChange={(event) => setAction(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label={words.subject}
          placeholder="post_…"
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" onClick={() => void verify()}>
          {words.verify}
        </Button>
      </Group>
      {verdict !== null && (
        <Alert
          role="status"
          mb="sm"
          color={verdict.faults.length === 0 ? 'green' : 'red'}
          title={verdict.faults.length === 0 ? words.whole(verdict.linked) : words.broken}
        >
          {verdict.faults.map((fault) => (
            <p key={fault}>{fault}</p>
          ))}
          {verdict.waiting > 0 && <p>{words.waiting(verdict.waiting)}</p>}
          <p className={css.secret}>
            {words.head} <code>{verdict.head}</code>
          </p>
        </Alert>
      )}
      {error !== null && <ProblemCard error={error} />}
      {query.error !== null && query.data === undefined && (
        <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Bones rows={3} />}
      {query.data !== undefined && rows.length === 0 && <p className={css.muted}>{words.none}</p>}
      {rows.length > 0 && (
        <Table horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.at}</Table.Th>
              <Table.Th>{words.who}</Table.Th>
              <Table.Th>
                {words.action}, {words.subject.toLocaleLowerCase()}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.id}>
                <Table.Td>
                  <Time at={row.at} />
                </Table.Td>
                <Table.Td>
                  {row.actorName ?? row.actor ?? texts.product}{' '}
                  {row.ip !== null && <small className={css.muted}>{row.ip}</small>}
                </Table.Td>
                <Table.Td className={css.breaks}>
                  {row.action}
                  <div className={css.scopes}>{row.subject}</div>
                  <AuditChanges changes={row.changes} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {query.hasNextPage && (
        <Button mt="sm" variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </>
  );
}
