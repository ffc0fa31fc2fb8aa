import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { HouseRules } from '../../../domain/house-rules.ts';
import type { Account, Post } from '../../api/types.ts';
import { ON_TIME_MS } from '../../parts/on-time.ts';
import { ScrollBox } from '../../parts/scroll-box.tsx';
import { Time, spanOf } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { forecastOf } from './forecast.ts';
import type { Pace } from './forecast.ts';
import css from './health.module.css';

const HOUR_MS = 3_600_000;

interface RoomProps {
  readonly accounts: readonly Account[];
  readonly sent: readonly Post[];
  readonly ahead: readonly Post[];
  readonly house: HouseRules | undefined;
  readonly now: number;
}

/** What each account may still send this hour, and whether the next 24 hours fit into its pace. */
export function Room({ accounts, sent, ahead, house, now }: RoomProps): ReactNode {
  const rows = accounts
    .filter((account) => account.state !== 'removed')
    .map((account) => {
      const pace = paceOf(account, house);
      const out = timesOf(sent, account.id, ({ publishedAt }) => publishedAt).filter((at) => at > now - HOUR_MS);
      const due = timesOf(ahead, account.id, ({ dueAt }) => dueAt).filter((at) => at < now + 24 * HOUR_MS);
      return { account, pace, inHour: out.length, ...forecastOf(due, out, pace) };
    });
  const words = texts.health;
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
            {rows.map(({ account, pace, inHour, planned, lastAt, worstMs }) => (
              <Table.Tr key={account.id}>
                <Table.Td>{account.name}</Table.Td>
                <Table.Td className="tabular">
                  {words.budget(inHour, pace.hourlyCap)}
                  {account.blockedUntil !== null && new Date(account.blockedUntil).getTime() > now && (
                    <>
                      {' · '}
                      {texts.setup.waitsUntil} <Time at={account.blockedUntil} />
                    </>
                  )}
                </Table.Td>
                <Table.Td className="tabular">{planned}</Table.Td>
                <Table.Td className={worstMs > ON_TIME_MS ? css.broken : ''}>
                  {lastAt === null ? '–' : worstMs > ON_TIME_MS ? words.lateBy(spanOf(worstMs)) : words.fits}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollBox>
    </section>
  );
}

/** The account's own pace, and the house's where it follows it and has no gap of its own. */
function paceOf({ settings }: Account, house: HouseRules | undefined): Pace {
  const { hourlyCap, minGapMs, followsHouse } = settings;
  const own = typeof minGapMs === 'number' ? minGapMs : 0;
  return {
    hourlyCap: typeof hourlyCap === 'number' ? hourlyCap : null,
    minGapMs: own === 0 && followsHouse !== false ? (house?.minGapMs ?? 0) : own,
  };
}

function timesOf(posts: readonly Post[], accountId: string, when: (post: Post) => string | null): number[] {
  return posts.flatMap((post) => {
    const at = when(post);
    return post.accountId !== accountId || at === null ? [] : [new Date(at).getTime()];
  });
}
