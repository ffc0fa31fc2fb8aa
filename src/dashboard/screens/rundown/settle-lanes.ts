import { freeRow } from './layout.ts';
import type { Lane, Placed } from './layout.ts';

export interface Settled {
  readonly lanes: readonly Lane[];
  /** How many posts of others wait for a place. */
  readonly waiting: number;
}

/**
 * Lanes that stay where they are while the mouse is on the board: cards change in place, what is gone stays as it was last, and
 * what is new comes where there is room and waits where it would push something away. What the reader does is seen at once.
 */
export function settleLanes(
  last: readonly Lane[],
  next: readonly Lane[],
  isByReader: (id: string) => boolean,
): Settled {
  let waiting = 0;
  const known = new Set(last.map(({ accountId }) => accountId));
  for (const lane of next) if (!known.has(lane.accountId)) waiting += lane.cards.length;
  const now = new Map(next.flatMap(({ cards, more }) => [...cards, ...more].map((card) => [card.post.id, card])));
  const lanes = last.map((lane) => {
    const shown = lane.cards.flatMap((card): Placed[] => {
      const { id } = card.post;
      if (isByReader(id)) return [];
      return [{ ...card, post: now.get(id)?.post ?? card.post }];
    });
    let { rows } = lane;
    const there = new Set(shown.map(({ post }) => post.id));
    // What was behind the button before is nothing new.
    const behind = new Set(lane.more.map(({ post }) => post.id));
    const { cards = [], more = [] } = next.find(({ accountId }) => accountId === lane.accountId) ?? {};
    const stays: Placed[] = [];
    for (const card of cards) {
      if (there.has(card.post.id)) continue;
      const row = freeRow(shown, card.left);
      const isOfReader = isByReader(card.post.id);
      if (row < rows || isOfReader) shown.push({ ...card, row });
      else if (behind.has(card.post.id)) stays.push(card);
      else waiting += 1;
      if (isOfReader) rows = Math.max(rows, row + 1);
    }
    return { ...lane, cards: shown, more: [...stays, ...more.filter(({ post }) => !there.has(post.id))], rows };
  });
  return { lanes, waiting };
}
