import { expect, it } from 'vitest';
import type { Post } from '../../src/dashboard/api/types.ts';
import { MOST_ROWS, boundLanes } from '../../src/dashboard/screens/rundown/bound-lanes.ts';
import { layOut } from '../../src/dashboard/screens/rundown/layout.ts';
import type { Lane } from '../../src/dashboard/screens/rundown/layout.ts';

const NOW = 100 * 60_000;
const post = (id: string, minute: number, more: Partial<Post> = {}): Post =>
  ({
    id,
    accountId: 'page',
    network: 'webhook',
    state: 'scheduled',
    dueAt: new Date(minute * 60_000).toISOString(),
    ...more,
  }) as Post;
/** A minute is ten pixels wide: cards that are less than 18 minutes apart need two rows. */
const bound = (posts: readonly Post[], chosen: string | null = null, isWhole = false): Lane => {
  const accounts = [{ id: 'page', network: 'webhook' }];
  const laid = layOut(
    posts,
    accounts,
    (at) => at / 6_000,
    () => 0,
  );
  return boundLanes(laid, { now: NOW, isWhole: () => isWhole, chosen })[0] as Lane;
};
const minutes = (from: number, count: number, more: Partial<Post> = {}): Post[] =>
  Array.from({ length: count }, (_, index) => post(`${from + index}`, from + index, more));
const ids = (cards: Lane['cards']): string[] => cards.map((card) => card.post.id);

it('is no higher for 300 posts than for a few, and has every one of them', () => {
  const lane = bound(minutes(100, 300));
  expect(lane.rows).toBe(MOST_ROWS);
  expect(lane.cards.length + lane.more.length).toBe(300);
  expect(ids(lane.cards).slice(0, 5)).toEqual(['100', '101', '102', '103', '118']);
});

it('leaves a lane that is low enough as it is', () => {
  const lane = bound(minutes(100, MOST_ROWS));
  expect(lane.more).toEqual([]);
  expect(lane.rows).toBe(MOST_ROWS);
});

it('shows what is still to go out before what is past, and of that the latest', () => {
  const past = minutes(90, 5, { state: 'published' });
  const lane = bound([...past, post('overdue', 95), ...minutes(104, 2)]);
  expect(ids(lane.cards)).toEqual(['94', 'overdue', '104', '105']);
});

it('shows the card that is chosen in a row of its own, where it would be left out', () => {
  const lane = bound(minutes(100, 10), '109');
  expect(ids(lane.cards)).toEqual(['100', '101', '102', '103', '109']);
  expect(lane.rows).toBe(MOST_ROWS + 1);
});

it('is as high as it needs once a reader wants all of it', () => {
  const lane = bound(minutes(100, 10), null, true);
  expect(lane.more).toEqual([]);
  expect(lane.rows).toBe(10);
});
