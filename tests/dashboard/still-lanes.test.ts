import { expect, it } from 'vitest';
import type { Post } from '../../src/dashboard/api/types.ts';
import { boundLanes } from '../../src/dashboard/screens/rundown/bound-lanes.ts';
import { layOut } from '../../src/dashboard/screens/rundown/layout.ts';
import type { Lane } from '../../src/dashboard/screens/rundown/layout.ts';
import { settleLanes } from '../../src/dashboard/screens/rundown/settle-lanes.ts';

/** A board on which a minute is ten pixels wide: cards that are 17 minutes apart do not touch. */
const lanes = (...posts: readonly Post[]): Lane[] =>
  layOut(
    posts,
    [{ id: 'page', network: 'webhook' }],
    (at) => at / 6_000,
    () => 0,
  );
const post = (id: string, minute: number, more: Partial<Post> = {}): Post =>
  ({ id, accountId: 'page', network: 'webhook', state: 'scheduled', dueAt: at(minute), ...more }) as Post;
const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const places = (all: readonly Lane[]): string[] =>
  all.flatMap(({ cards }) => cards.map(({ post: { id }, left, row }) => `${id} ${left} ${row}`));
const nobody = (): boolean => false;

it('puts what is new where there is room, and nothing else away', () => {
  const settled = settleLanes(lanes(post('a', 30)), lanes(post('new', 5), post('a', 30)), nobody);
  expect(places(settled.lanes)).toEqual(['a 300 0', 'new 50 0']);
  expect(settled.waiting).toBe(0);
});

it('lets what would take a card’s place, or another row, wait', () => {
  const before = lanes(post('a', 30));
  const now = lanes(post('new', 25), post('a', 30));
  expect(places(now)).toEqual(['new 250 0', 'a 300 1']);
  const settled = settleLanes(before, now, nobody);
  expect(places(settled.lanes)).toEqual(['a 300 0']);
  expect(settled.waiting).toBe(1);
  expect(settled.lanes[0]?.rows).toBe(1);
});

it('changes a card in place, and keeps one that somebody took away as it was last', () => {
  const before = lanes(post('a', 30), post('b', 60));
  const settled = settleLanes(before, lanes(post('a', 90, { state: 'published' })), nobody);
  expect(places(settled.lanes)).toEqual(['a 300 0', 'b 600 0']);
  expect(settled.lanes[0]?.cards[0]?.post.state).toBe('published');
});

it('keeps what a lane has no room for behind its button, and counts none of it as new', () => {
  const all = Array.from({ length: 6 }, (_, index) => post(`p${index}`, 30 + index));
  const bounds = { now: 0, isWhole: () => false, chosen: null };
  const before = boundLanes(lanes(...all), bounds);
  const later = all.map((one) => (one.id === 'p5' ? { ...one, state: 'published' as const } : one));
  const now = boundLanes(lanes(post('new', 29), ...later), bounds);
  expect(places(now)).toEqual(['new 290 0', 'p0 300 1', 'p1 310 2', 'p2 320 3']);
  let settled = settleLanes(before, now, nobody);
  // Told twice, it is still the new one that waits, and nothing else.
  settled = settleLanes(settled.lanes, now, nobody);
  expect(places(settled.lanes)).toEqual(['p0 300 0', 'p1 310 1', 'p2 320 2', 'p3 330 3']);
  expect(settled.waiting).toBe(1);
  expect(settled.lanes[0]?.more.map((card) => card.post.state)).toEqual(['scheduled', 'published']);
});

it('shows at once what the reader does', () => {
  const before = lanes(post('a', 30), post('b', 60));
  const now = lanes(post('made', 25), post('a', 30), post('moved', 90));
  const settled = settleLanes(before, now, (id) => id === 'made' || id === 'b' || id === 'moved');
  expect(places(settled.lanes)).toEqual(['a 300 0', 'made 250 1', 'moved 900 0']);
  expect(settled.lanes[0]?.rows).toBe(2);
});
