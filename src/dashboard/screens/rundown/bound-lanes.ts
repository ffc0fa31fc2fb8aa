import { freeRow, isOpen, timeOf } from './layout.ts';
import type { Lane, Placed } from './layout.ts';

/** Rows of a lane before the rest of it waits behind a button: three accounts that are busy fit on one screen. */
export const MOST_ROWS = 4;

interface Bounds {
  readonly now: number;
  /** Whether a reader wants all of it. */
  isWhole(accountId: string): boolean;
  /** The card that a reader has chosen, which is shown whatever stands around it. */
  readonly chosen: string | null;
}

/**
 * Keeps one busy account from pushing the others off the screen: of a lane that is too high, what is still to go out comes
 * first, by its time, and what is past fills the room that is left, the latest first.
 */
export function boundLanes(lanes: readonly Lane[], { now, isWhole, chosen }: Bounds): Lane[] {
  return lanes.map((lane) => {
    if (lane.rows <= MOST_ROWS || isWhole(lane.accountId)) return lane;
    const isAhead = ({ post }: Placed): boolean => isOpen(post) || timeOf(post) >= now;
    const wanted = [...lane.cards.filter(isAhead), ...lane.cards.filter((card) => !isAhead(card)).reverse()];
    const cards: Placed[] = [];
    const more: Placed[] = [];
    for (const card of wanted) {
      const row = freeRow(cards, card.left);
      if (row < MOST_ROWS || card.post.id === chosen) cards.push({ ...card, row });
      else more.push(card);
    }
    const rows = cards.reduce((most, { row }) => Math.max(most, row + 1), MOST_ROWS);
    return { ...lane, cards: cards.toSorted((a, b) => timeOf(a.post) - timeOf(b.post)), more, rows };
  });
}
