import { Menu } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { Post } from '../../api/types.ts';
import { Icon } from '../../parts/icons.tsx';
import { useWhere } from '../../parts/use-networks.ts';
import { place } from '../../shell/holds.tsx';
import { useLeaving } from '../../shell/leaving.ts';
import { move } from '../../shell/post-verbs.ts';
import { clockOf, dateOf, dayOf, useZone } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { Card } from './card.tsx';
import { layOut, timeOf } from './layout.ts';
import css from './rundown.module.css';

interface LanesProps {
  readonly posts: readonly Post[];
  readonly accounts: readonly {
    readonly id: string;
    readonly network: string;
    readonly settings: Readonly<Record<string, unknown>>;
  }[];
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly onOpen: (post: Post) => void;
}

const MINUTE_MS = 60_000;
const SNAP_MS = 5 * MINUTE_MS;
const ROW_PX = 62;

/** One lane per account, time from left to right, the present as a line. */
export function Lanes({ posts, accounts, from, to, now, chosen, onChoose, onOpen }: LanesProps): ReactNode {
  const { ref, width } = useElementSize();
  const zone = useZone();
  const where = useWhere();
  const leaving = useLeaving();
  const pxOf = (at: number): number => ((at - from) / (to - from)) * width;
  const gapOf = (id: string): number => Number(accounts.find((one) => one.id === id)?.settings['minGapMs'] ?? 0);
  const lanes = width === 0 ? [] : layOut(posts, accounts, pxOf, gapOf);
  const ticks = ticksBetween(from, to, width);

  const drop = (post: Post, px: number): void => {
    const at = timeOf(post) + (px / width) * (to - from);
    void move(post, { at: new Date(Math.round(at / SNAP_MS) * SNAP_MS).toISOString() });
  };

  return (
    <div className={css.board}>
      <div className={css.axisRow}>
        <div className={css.laneName} />
        <div className={css.axis} ref={ref} aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick} className={css.tickLabel} style={{ left: pxOf(tick) }}>
              {isMidnight(tick, zone) ? dayOf(new Date(tick), zone) : clockOf(new Date(tick), zone)}
            </span>
          ))}
        </div>
      </div>
      {lanes.map((lane) => {
        const { accountName, networkName, account } = where(lane.accountId, lane.network);
        const scheduled = lane.cards.filter((card) => card.post.state === 'scheduled').length;
        return (
          <section key={lane.accountId} className={css.laneRow} aria-label={`${accountName}, ${networkName}`}>
            <div className={css.laneName}>
              <strong>{accountName}</strong>
              <small>{networkName}</small>
              <small>
                {account?.state === 'signed-out' ? texts.rundown.signedOut : texts.rundown.ahead(scheduled)}
              </small>
              <Menu>
                <Menu.Target>
                  <button type="button" className={css.laneMenu} aria-label={texts.post.more(accountName)}>
                    <Icon name="more" />
                  </button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    onClick={() =>
                      void place({ scope: 'account', target: lane.accountId }, texts.holds.account(accountName))
                    }
                  >
                    {texts.holds.account(accountName)}
                  </Menu.Item>
                  <Menu.Item
                    onClick={() =>
                      void place({ scope: 'network', target: lane.network }, texts.holds.network(networkName))
                    }
                  >
                    {texts.holds.network(networkName)}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </div>
            <div className={css.lane} style={{ height: lane.rows * ROW_PX + 8 }}>
              {now > from && <div className={css.past} style={{ width: Math.min(width, pxOf(now)) }} />}
              {ticks.map((tick) => (
                <div key={tick} className={css.grid} style={{ left: pxOf(tick) }} />
              ))}
              {now > from && now < to && <div className={css.now} style={{ left: pxOf(now) }} />}
              {lane.cards.map((card) => (
                <Card
                  key={card.post.id}
                  card={card}
                  zone={zone}
                  accountName={accountName}
                  isChosen={chosen === card.post.id}
                  isLeaving={leaving.has(card.post.id)}
                  onChoose={() => onChoose(card.post.id)}
                  onOpen={() => onOpen(card.post)}
                  onDrop={(px) => drop(card.post, px)}
                />
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}

const STEPS_MIN = [5, 15, 30, 60, 120, 180, 360] as const;

/** Round times between two instants, at least 70 pixels apart. */
function ticksBetween(from: number, to: number, width: number): number[] {
  if (width === 0) return [];
  const most = width / 70;
  const step = (STEPS_MIN.find((minutes) => (to - from) / (minutes * MINUTE_MS) <= most) ?? 360) * MINUTE_MS;
  const ticks: number[] = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) ticks.push(at);
  return ticks;
}

function isMidnight(at: number, zone: string): boolean {
  return dateOf(new Date(at), zone) !== dateOf(new Date(at - 1), zone);
}
