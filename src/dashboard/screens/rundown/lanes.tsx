import { useElementSize } from '@mantine/hooks';
import type { DragEvent, ReactNode } from 'react';
import type { Account, Hold, Post, SlotPlan } from '../../api/types.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { useLeaving } from '../../shell/leaving.ts';
import { clockOf, dayOf, useZone } from '../../shell/time.tsx';
import { Bands } from './bands.tsx';
import { Card } from './card.tsx';
import { dropOn } from './drop.ts';
import { LaneName } from './lane-name.tsx';
import type { Lane } from './layout.ts';
import { layOut, timeOf } from './layout.ts';
import css from './rundown.module.css';
import { isMidnight, ticksBetween } from './ticks.ts';
import { budgetOf, isHeldWhole } from './use-board.ts';

interface LanesProps {
  readonly posts: readonly Post[];
  readonly accounts: readonly Account[];
  readonly plans: ReadonlyMap<string, SlotPlan>;
  readonly holds: readonly Hold[];
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly onOpen: (post: Post) => void;
  /** Approved posts that can be dragged in from beside the board. */
  readonly ready: readonly Post[];
}

const ROW_PX = 62;

/** One lane per account, time along the line, the present as a line across. */
export function Lanes({
  posts,
  accounts,
  plans,
  holds,
  from,
  to,
  now,
  chosen,
  onChoose,
  onOpen,
  ready,
}: LanesProps): ReactNode {
  const { ref, width } = useElementSize();
  const zone = useZone();
  const where = useWhere();
  const leaving = useLeaving();
  const pxOf = (at: number): number => ((at - from) / (to - from)) * width;
  const gapOf = (id: string): number => Number(accounts.find((one) => one.id === id)?.settings['minGapMs'] ?? 0);
  const visible = posts.filter((post) => timeOf(post) >= from && timeOf(post) <= to);
  const lanes = width === 0 ? [] : layOut(visible, accounts, pxOf, gapOf);
  const ticks = ticksBetween(from, to, width);

  const drop = (post: Post, px: number, accountId: string): void => {
    const at = timeOf(post) + (px / width) * (to - from);
    const target = where(accountId, lanes.find((lane) => lane.accountId === accountId)?.network ?? post.network);
    void dropOn(post, at, target);
  };
  const dropReady = (event: DragEvent<HTMLElement>, lane: Lane): void => {
    const post = ready.find((one) => one.id === event.dataTransfer.getData('text/plain'));
    if (post === undefined) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const px = isRtl ? box.right - event.clientX : event.clientX - box.left;
    void dropOn(post, from + (px / width) * (to - from), where(lane.accountId, lane.network));
  };

  return (
    <div className={css.board}>
      <div className={css.axisRow}>
        <div className={css.laneName} />
        <div className={css.axis} ref={ref} aria-hidden="true">
          {ticks.map((tick) => (
            <span key={tick} className={css.tickLabel} style={{ insetInlineStart: pxOf(tick) }}>
              {isMidnight(tick, zone) ? dayOf(new Date(tick), zone) : clockOf(new Date(tick), zone)}
            </span>
          ))}
        </div>
      </div>
      {lanes.map((lane) => {
        const { accountName, networkName, account } = where(lane.accountId, lane.network);
        const isHeld = isHeldWhole(holds, { id: lane.accountId, network: lane.network });
        return (
          <section key={lane.accountId} className={css.laneRow} aria-label={`${accountName}, ${networkName}`}>
            <LaneName
              account={account}
              accountId={lane.accountId}
              networkId={lane.network}
              accountName={accountName}
              networkName={networkName}
              ahead={lane.cards.filter((card) => card.post.state === 'scheduled').length}
              budget={account === undefined ? null : budgetOf(account, posts, now)}
              isHeld={isHeld}
            />
            <div
              className={`${css.lane} ${isHeld ? css.laneHeld : ''}`}
              style={{ height: lane.rows * ROW_PX + 8 }}
              data-lane={lane.accountId}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => dropReady(event, lane)}
            >
              {now > from && <div className={css.past} style={{ width: Math.min(width, pxOf(now)) }} />}
              {ticks.map((tick) => (
                <div key={tick} className={css.grid} style={{ insetInlineStart: pxOf(tick) }} />
              ))}
              <Bands plan={plans.get(lane.accountId)} cards={lane.cards} zone={zone} width={width} pxOf={pxOf} />
              {now > from && now < to && <div className={css.now} style={{ insetInlineStart: pxOf(now) }} />}
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
                  onDrop={(px, accountId) => drop(card.post, px, accountId ?? lane.accountId)}
                />
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}
