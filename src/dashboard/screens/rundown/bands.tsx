import type { ReactNode } from 'react';
import { present } from '../../api/server-clock.ts';
import type { SlotPlan } from '../../api/types.ts';
import { clockAt, clockOf, shortTime } from '../../shell/time.tsx';
import { rundownTexts } from '../../texts/rundown.ts';
import type { Placed } from './layout.ts';
import css from './rundown.module.css';

interface BandsProps {
  readonly accountId: string;
  readonly plan: SlotPlan | undefined;
  readonly cards: readonly Placed[];
  readonly zone: string;
  readonly width: number;
  readonly pxOf: (at: number) => number;
}

/** Behind the cards of a lane: its quiet hours, its slots (dashed where free), and what an embargo keeps back. */
export function Bands({ accountId, plan, cards, zone, width, pxOf }: BandsProps): ReactNode {
  const span = (from: number, to: number): { insetInlineStart: number; width: number } | null => {
    const [start, end] = [Math.max(0, pxOf(from)), Math.min(width, pxOf(to))];
    return end <= start ? null : { insetInlineStart: start, width: end - start };
  };
  const embargoes = cards.filter(({ post }) => post.state === 'scheduled' && post.tries === 0 && isLater(post));
  return (
    <>
      {plan?.quiet.map(({ from, to }) => {
        const place = span(new Date(from).getTime(), new Date(to).getTime());
        return (
          place !== null && (
            <div key={from} className={css.quiet} style={place} title={rundownTexts.quiet}>
              <span>{rundownTexts.quiet}</span>
            </div>
          )
        );
      })}
      {embargoes.map(({ post }) => {
        const until = new Date(post.wakeAt ?? 0);
        const place = span(new Date(post.dueAt ?? 0).getTime(), until.getTime());
        return (
          place !== null && (
            <div key={post.id} className={css.embargo} style={place}>
              <span {...clockAt(until, accountId)}>{rundownTexts.embargo(shortTime(until, zone, present()))}</span>
            </div>
          )
        );
      })}
      {plan?.slots.map(({ at, taken }) => {
        const px = pxOf(new Date(at).getTime());
        if (px < 0 || px > width) return null;
        const words = rundownTexts.slot(clockOf(new Date(at), zone), taken);
        return (
          <div
            key={at}
            className={taken ? css.slotTaken : css.slot}
            style={{ insetInlineStart: px }}
            {...clockAt(at, accountId, words)}
            role="img"
            aria-label={words}
          />
        );
      })}
    </>
  );
}

function isLater(post: Placed['post']): boolean {
  return post.wakeAt !== null && post.dueAt !== null && post.wakeAt > post.dueAt;
}
