import { expect, test } from 'vitest';
import { identify } from '../../src/text/item-identity.ts';

const of = (guid: string | null, url: string | null, title = 'T') => ({ guid, url, title });

test('an item is known by its guid and by its address', () => {
  expect(identify([of('7', 'https://www.a.example/x?utm_source=feed')])).toEqual([
    { guid: '7', urlKey: 'a.example/x' },
  ]);
});

test('a guid that is the address again says nothing of its own', () => {
  expect(identify([of('http://a.example/x', 'https://a.example/x')])).toEqual([{ guid: null, urlKey: 'a.example/x' }]);
});

test('an address that all items share is none of theirs', () => {
  const home = 'https://a.example/';
  expect(identify([of('1', home), of('2', home)])).toEqual([
    { guid: '1', urlKey: null },
    { guid: '2', urlKey: null },
  ]);
});

test('a guid that all items share is none of theirs', () => {
  expect(identify([of('feed', 'https://a.example/1'), of('feed', 'https://a.example/2')])).toEqual([
    { guid: null, urlKey: 'a.example/1' },
    { guid: null, urlKey: 'a.example/2' },
  ]);
});

test('an item that stands twice is one', () => {
  expect(identify([of('1', 'https://a.example/1'), of('1', 'https://a.example/1')])[1]).toBeNull();
});

test('without guid and address, its headline has to do; without that, nothing can', () => {
  expect(identify([of(null, null, 'Ferry stops'), of(null, null, '')])).toEqual([
    { guid: 'title: Ferry stops', urlKey: null },
    null,
  ]);
});

test('takes no longer where nothing has a guid than where everything has one', () => {
  const timed = (guid: (n: number) => string | null): number => {
    const items = Array.from({ length: 4_000 }, (_, n) => of(guid(n), `https://a.example/${n}`, ''));
    return Math.min(
      ...[1, 2, 3, 4, 5, 6, 7].map(() => {
        const from = performance.now();
        identify(items);
        return performance.now() - from;
      }),
    );
  };
  const each = timed((n) => `item-${n}`);
  expect(timed(() => null)).toBeLessThan(3 * each);
});
