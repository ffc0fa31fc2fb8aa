import { useElementSize } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Account, Hold, Post, SlotPlan } from '../../api/types.ts';
import { elementUnder, isRightToLeft, useDrag } from '../../parts/drag.ts';
import type { Point } from '../../parts/drag.ts';
import { FreshBar } from '../../parts/fresh-bar.tsx';
import { waitsOf } from '../../parts/next-out.ts';
import { useWhere } from '../../parts/use-networks.ts';
import { useIsPointed } from '../../parts/use-pointed.ts';
import { useLeaving } from '../../shell/leaving.ts';
import { useDensity } from '../../shell/density.ts';
import { useZone } from '../../shell/time.tsx';
import { may } from '../../shell/verbs.ts';
import { Axis } from './axis.tsx';
import { Bands } from './bands.tsx';
import { MOST_ROWS, boundLanes } from './bound-lanes.ts';
import { Card } from './card.tsx';
import { dropOn } from './drop.ts';
import { LaneName } from './lane-name.tsx';
import { ROW_PX, layOut, timeOf } from './layout.ts';
import css from './rundown.module.css';
import { useStillLanes } from './still-lanes.ts';
import { ticksBetween } from './ticks.ts';
import { budgetOf, isHeldWhole } from './use-board.ts';

interface LanesProps {
  readonly posts: readonly Post[];
  readonly accounts: readonly Account[];
  readonly plans: ReadonlyMap<string, SlotPlan>;
  readonly holds: readonly Hold[];
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** How often the picture was asked to be as it is now, whatever the mouse is on. */
  readonly asked: number;
  readonly onAsk: () => void;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly onOpen: (post: Post) => void;
}

/** Everything that what happens on the lanes would move. */
export const BOARD = '[data-rundown]';

/** One lane per account, time along the line, the present as a line across. */
export function Lanes({
  posts,
  accounts,
  plans,
  holds,
  from,
  to,
  now,
  asked,
  onAsk,
  chosen,
  onChoose,
  onOpen,
}: LanesProps): ReactNode {
  const { ref, width } = useElementSize();
  const zone = useZone();
  const density = useDensity();
  const where = useWhere();
  const leaving = useLeaving();
  const pxOf = (at: number): number => ((at - from) / (to - from)) * width;
  const gapOf = (id: string): number => Number(accounts.find((one) => one.id === id)?.settings['minGapMs'] ?? 0);
  const visible = posts.filter((post) => timeOf(post) >= from && timeOf(post) <= to);
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const laid = boundLanes(width === 0 ? [] : layOut(visible, accounts, pxOf, gapOf), {
    now,
    isWhole: (id) => whole.has(id),
    chosen,
  });
  const isPointed = useIsPointed(BOARD);
  const { lanes, waiting } = useStillLanes(laid, [from, to, width, density, asked, ...whole].join(), isPointed);
  const ticks = ticksBetween(from, to, width);

  const [dragged, setDragged] = useState<{ readonly id: string; readonly shift: Point } | null>(null);
  const drag = useDrag<Post>({
    grab(element) {
      const id = element.closest<HTMLElement>('[data-card]')?.dataset['card'];
      return visible.find((post) => post.id === id && post.state === 'scheduled' && may(post, 'schedule')) ?? null;
    },
    onMove: (post, at, start) => setDragged({ id: post.id, shift: { x: at.x - start.x, y: at.y - start.y } }),
    onDrop(post, at, start) {
      const lane = elementUnder(at, 'lane');
      const accountId = lane?.dataset['lane'] ?? post.accountId;
      const px = (at.x - start.x) * (lane !== null && isRightToLeft(lane) ? -1 : 1);
      const network = lanes.find((one) => one.accountId === accountId)?.network ?? post.network;
      void dropOn(post, timeOf(post) + (px / width) * (to - from), where(accountId, network));
    },
    onEnd: () => setDragged(null),
  });

  return (
    <div className={css.board} {...drag}>
      <div className={css.fresh}>
        <FreshBar count={waiting} onLoad={onAsk} />
      </div>
      <div className={css.axisRow}>
        <div className={css.laneName} />
        <Axis boxRef={ref} ticks={ticks} zone={zone} accountIds={lanes.map((lane) => lane.accountId)} pxOf={pxOf} />
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
              ahead={[...lane.cards, ...lane.more].filter((card) => card.post.state === 'scheduled').length}
              more={lane.more.length}
              isWhole={whole.has(lane.accountId) && lane.rows > MOST_ROWS}
              onWhole={() => setWhole(whole.symmetricDifference(new Set([lane.accountId])))}
              budget={account === undefined ? null : budgetOf(account, posts, now)}
              isHeld={isHeld}
            />
            <div
              className={`${css.lane} ${isHeld ? css.laneHeld : ''}`}
              style={{ height: lane.rows * ROW_PX[density] + 8 }}
              data-lane={lane.accountId}
              data-network={lane.network}
            >
              {now > from && <div className={css.past} style={{ width: Math.min(width, pxOf(now)) }} />}
              {ticks.map((tick) => (
                <div key={tick} className={css.grid} style={{ insetInlineStart: pxOf(tick) }} />
              ))}
              <Bands
                accountId={lane.accountId}
                plan={plans.get(lane.accountId)}
                cards={lane.cards}
                zone={zone}
                width={width}
                pxOf={pxOf}
              />
              {now > from && now < to && <div className={css.now} style={{ insetInlineStart: pxOf(now) }} />}
              {lane.cards.map((card) => (
                <Card
                  key={card.post.id}
                  card={card}
                  zone={zone}
                  accountName={accountName}
                  waits={waitsOf(card.post, account)}
                  isChosen={chosen === card.post.id}
                  isLeaving={leaving.has(card.post.id)}
                  shift={dragged?.id === card.post.id ? dragged.shift : null}
                  onChoose={() => onChoose(card.post.id)}
                  onOpen={() => onOpen(card.post)}
                />
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}
