import { expect, test } from 'vitest';
import { parseOpml } from '../../src/text/opml.ts';
import { writeOpml } from '../../src/text/write-opml.ts';

const opml = (body: string) =>
  `<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>${body}</body></opml>`;

test('finds every feed, in folders too, each address once', () => {
  const text =
    opml(`<outline text="Coast"><outline type="rss" text="Post &amp; Mail" xmlUrl="https://a.example/feed"/></outline>
    <outline title="Hills" text="x" xmlurl="https://b.example/feed"/><outline text="again" xmlUrl="https://a.example/feed"/>`);
  expect(parseOpml(text)).toEqual([
    { url: 'https://a.example/feed', title: 'Post & Mail', folders: ['Coast'] },
    { url: 'https://b.example/feed', title: 'Hills', folders: [] },
  ]);
});

test('what is written is read again', () => {
  const feeds = [
    { url: 'https://a.example/feed?x=1&y="2"', title: 'Post <&> "Mail"' },
    { url: 'https://b.example/', title: 'Größe' },
  ];
  expect(parseOpml(writeOpml('Mine', feeds))).toEqual(feeds.map((feed) => ({ ...feed, folders: [] })));
});

test.each([
  ['another document', 'not-a-feed', '<rss/>'],
  ['entities that it declares', 'hostile', `<!DOCTYPE opml [<!ENTITY a "b">]>${opml('')}`],
  [
    'more feeds than are taken at once',
    'too-large',
    opml(Array.from({ length: 1001 }, (_, n) => `<outline xmlUrl="https://a.example/${n}"/>`).join('')),
  ],
])('refuses %s', (_, reason, text) => {
  expect(parseOpml(text)).toMatchObject({ kind: 'refused', reason });
});
