import type { Post } from '../../api/types.ts';

/** Where a card stands in its lane. */
export interface Placed {
  readonly post: Post;
  /** Pixels from the left edge of the lane. */
  readonly left: number;
  readonly row: number;
  /** Nearer to its neighbour than the account's smallest gap. */
  readonly collides: boolean;
}

export interface Lane {
  readonly accountId: string;
  readonly network: string;
  readonly cards: readonly Placed[];
  /** Posts of this time that are not drawn, for it would be too high. */
  readonly more: readonly Placed[];
  readonly rows: number;
}

export const CARD_PX = 168;
/** From one row of cards to the next: a card is six less. */
export const ROW_PX = { comfortable: 62, compact: 50 } as const satisfies Record<'comfortable' | 'compact', number>;
export const GAP_PX = 4;
const OPEN = new Set(['scheduled', 'publishing', 'approved']);

/**
 * Puts the posts of each account on its lane: at their exact time, one under the other where they would overlap.
 * @param pxOf pixels from the left edge for an instant.
 * @param gapOf smallest gap of an account in milliseconds, 0 for none.
 */
export function layOut(
  posts: readonly Post[],
  accounts: readonly { readonly id: string; readonly network: string }[],
  pxOf: (at: number) => number,
  gapOf: (accountId: string) => number,
): Lane[] {
  const lanes = new Map(accounts.map((account) => [account.id, { network: account.network, posts: [] as Post[] }]));
  for (const post of posts) {
    if (post.dueAt === null) continue;
    const lane = lanes.get(post.accountId) ?? { network: post.network, posts: [] };
    lane.posts.push(post);
    lanes.set(post.accountId, lane);
  }
  return [...lanes]
    .map(([accountId, lane]) => ({
      accountId,
      network: lane.network,
      more: [],
      ...stack(lane.posts, pxOf, gapOf(accountId)),
    }))
    .sort((a, b) => a.network.localeCompare(b.network) || a.accountId.localeCompare(b.accountId));
}

function stack(posts: readonly Post[], pxOf: (at: number) => number, gapMs: number): { cards: Placed[]; rows: number } {
  const sorted = posts.toSorted((a, b) => timeOf(a) - timeOf(b));
  const ends: number[] = [];
  const cards = sorted.map((post, index) => {
    const left = pxOf(timeOf(post));
    let row = ends.findIndex((end) => end + GAP_PX <= left);
    if (row < 0) row = ends.length;
    ends[row] = left + CARD_PX;
    const before = sorted[index - 1];
    const collides =
      gapMs > 0 && before !== undefined && isOpen(post) && isOpen(before) && timeOf(post) - timeOf(before) < gapMs;
    return { post, left, row, collides };
  });
  return { cards, rows: Math.max(1, ends.length) };
}

/** Whether it is still to go out. */
export function isOpen({ state }: Pick<Post, 'state'>): boolean {
  return OPEN.has(state);
}

/** The first row in which nothing overlaps a card that begins at `left`. */
export function freeRow(cards: readonly Placed[], left: number): number {
  const near = new Set(cards.filter((card) => Math.abs(card.left - left) < CARD_PX + GAP_PX).map(({ row }) => row));
  let row = 0;
  while (near.has(row)) row += 1;
  return row;
}

/** When it was planned for: that is where it stands on the board, and what keeps it back is drawn from there. */
export function timeOf(post: Post): number {
  return new Date(post.dueAt ?? 0).getTime();
}
