import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { accountsQuery } from '../../api/queries.ts';
import type { Outlook } from '../../api/types.ts';
import { AccountName } from '../../parts/account-name.tsx';
import { waitsForAccount } from '../../parts/next-out.ts';
import { ON_TIME_MS } from '../../parts/on-time.ts';
import { ScrollBox } from '../../parts/scroll-box.tsx';
import { Time, clockOf, spanOf, useZone } from '../../shell/time.tsx';
import { setupTexts } from '../../texts/setup.ts';
import { healthTexts } from '../../texts/health.ts';
import css from './health.module.css';

type Row = Outlook['accounts'][number];
const HOUR_MS = 3_600_000;
const words = healthTexts;

/** What each account may still send this hour, and whether the next 24 hours fit into its pace. */
export function Room({ outlook, now }: { outlook: Outlook; now: number }): ReactNode {
  const accounts = useQuery(accountsQuery).data ?? [];
  const zone = useZone();
  return (
    <section className={css.foundations} aria-labelledby="room">
      <h2 id="room">{words.room}</h2>
      <p className={css.muted}>{words.roomWhy}</p>
      <ScrollBox label={words.roomTable}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.account}</Table.Th>
              <Table.Th>{words.thisHour}</Table.Th>
              <Table.Th>{words.planned}</Table.Th>
              <Table.Th>{words.verdict}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {outlook.accounts.map((row) => {
              const account = accounts.find((one) => one.id === row.accountId);
              const waits = waitsForAccount(account);
              const blocked = account?.blockedUntil ?? null;
              return (
                <Table.Tr key={row.accountId}>
                  <Table.Th scope="row" className={css.accountName}>
                    <AccountName name={account?.name ?? '…'} />
                  </Table.Th>
                  <Table.Td className="tabular">
                    {words.budget(row.sentLastHour, row.hourlyCap)}
                    {blocked !== null && new Date(blocked).getTime() > now && (
                      <>
                        {' · '}
                        {setupTexts.waitsUntil} <Time at={blocked} />
                      </>
                    )}
                  </Table.Td>
                  <Table.Td className="tabular">{row.planned}</Table.Td>
                  <Table.Td className={waits !== null || row.worstMs > ON_TIME_MS ? css.broken : ''}>
                    {waits !== null ? (
                      <Link to="/setup">{words.waits[waits]}</Link>
                    ) : (
                      verdictOf(row, (hour) => clockOf(new Date(new Date(outlook.at).getTime() + hour * HOUR_MS), zone))
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </ScrollBox>
    </section>
  );
}

/** `18:00: 41 posts, 25 fit in an hour; up to 46 m late`. The hour that is named is the first with more posts than it holds. */
function verdictOf({ hours, hourlyCap, lastAt, worstMs }: Row, clock: (hour: number) => string): string {
  if (lastAt === null) return '–';
  if (worstMs <= ON_TIME_MS) return words.fits;
  const late = words.lateBy(spanOf(worstMs));
  const full = hourlyCap === null ? -1 : hours.findIndex((count) => count > hourlyCap);
  return full < 0 ? late : words.full(clock(full), hours[full] ?? 0, hourlyCap ?? 0, late);
}
