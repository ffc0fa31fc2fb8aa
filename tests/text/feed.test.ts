import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FeedRefusal } from '../../src/text/feed.ts';
import { parseFeed } from '../../src/text/feed.ts';
import { MAX_FEED_ITEMS } from '../../src/text/feed-limits.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/feeds/${name}`, import.meta.url), 'utf8');
const rss = (items: string) => `<rss version="2.0"><channel><title>T</title>${items}</channel></rss>`;
const items = (xml: string) => {
  const feed = parseFeed(xml);
  if (feed.kind === 'refused') throw new Error(feed.detail);
  return feed.items;
};

describe('RSS', () => {
  test('reads what a newsroom needs, whatever prefixes the feed chose', () => {
    expect(parseFeed(fixture('rss.xml'))).toEqual({
      kind: 'feed',
      format: 'rss',
      title: 'The Westmouth Courier & Advertiser',
      link: 'https://www.westmouth-courier.example/',
      description: 'News from the coast',
      lang: 'en-gb',
      updatedAt: '2026-03-04T19:10:00+01:00',
      hub: null,
      self: 'https://www.westmouth-courier.example/feed.xml',
      isCut: false,
      items: [
        {
          guid: 'courier-4711',
          title: 'Westmouth votes to rebuild its harbour wall',
          link: 'https://www.westmouth-courier.example/local/harbour-wall-vote',
          publishedAt: '2026-03-04T18:20:00+01:00',
          updatedAt: null,
          authors: ['Maire Tuominen'],
          summary: 'Eleven of fifteen councillors are for it.\nWork begins in September.',
          content: '<p>The town council of Westmouth voted on Tuesday.</p>',
          categories: ['Local', 'Harbour'],
          enclosures: [
            { url: 'https://www.westmouth-courier.example/harbour.mp3', type: 'audio/mpeg', length: 52001 },
            { url: 'https://www.westmouth-courier.example/wall.jpg', type: 'image/jpeg', length: null },
          ],
        },
        {
          guid: 'https://www.westmouth-courier.example/local/ferry-stops',
          title: 'Ferry to Karlsund stops & nobody was told',
          link: 'https://www.westmouth-courier.example/local/ferry-stops',
          publishedAt: '2026-03-07T06:00:00Z',
          updatedAt: null,
          authors: ['Dario Antonescu'],
          summary: null,
          content: null,
          categories: [],
          enclosures: [],
        },
      ],
    });
  });

  test('forgives unclosed tags, stray ampersands and undeclared prefixes', () => {
    const broken = rss('<item><title>Fish & chips<link>https://a.example/1</link><dc:creator>Ada</dc:creator></item>');
    expect(items(broken)[0]).toMatchObject({ title: expect.stringContaining('Fish & chips') });
    const cut = '<rss><channel><title>T</title><item><title>One</title></item><item><title>Tw';
    expect(items(cut).map(({ title }) => title)).toEqual(['One', 'Tw']);
  });

  test('never gives an address that is not http', () => {
    const hostile = rss(
      '<item><title>x</title><link>javascript:alert(1)</link><enclosure url="file:///etc/passwd"/></item>',
    );
    expect(items(hostile)[0]).toMatchObject({ link: null, enclosures: [] });
  });

  test('resolves relative links against the address of the document', () => {
    const feed = parseFeed(rss('<item><link>story/1</link></item>'), {
      'content-location': 'https://a.example/feeds/x.xml',
    });
    expect(feed).toMatchObject({ items: [{ link: 'https://a.example/feeds/story/1' }] });
  });
});

test('Atom: plain, escaped and inline texts, several authors, no enclosure taken for the page', () => {
  expect(parseFeed(fixture('atom.xml'))).toMatchObject({
    format: 'atom',
    title: 'Gellin am Abend: 3 < 4',
    link: 'https://www.gellin-abend.example/',
    lang: 'de',
    items: [
      {
        guid: 'tag:gellin-abend.example,2026:88',
        title: 'Bäcker streiken',
        link: 'https://www.gellin-abend.example/wirtschaft/baecker',
        publishedAt: '2026-03-09T06:30:00+01:00',
        updatedAt: '2026-03-09T07:00:00+01:00',
        authors: ['Hannelore Quist', 'Jonas Ebert'],
        summary: 'Neunhundert Bäcker legten die Arbeit nieder.',
        content: '<div><p>Neunhundert <b>Bäcker</b> legten um Mitternacht die Arbeit nieder.</p></div>',
        categories: ['Wirtschaft'],
        enclosures: [{ url: 'https://www.gellin-abend.example/brot.jpg', type: 'image/jpeg', length: 9 }],
      },
    ],
  });
});

test('RDF keeps its items beside the channel', () => {
  expect(parseFeed(fixture('rdf.xml'))).toMatchObject({
    format: 'rdf',
    lang: 'en',
    items: [
      {
        title: 'A planet with two sunsets',
        publishedAt: '2026-02-11T09:00:00Z',
        authors: ['Ilse Kovac'],
        categories: ['Space'],
      },
    ],
  });
});

test('JSON Feed', () => {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Coast Now',
    home_page_url: 'https://coast.example/',
    items: [
      {
        id: 7,
        url: 'https://coast.example/7',
        title: 'Ferry',
        content_text: 'a < b',
        date_published: '2026-03-01T10:00:00Z',
        tags: ['Sea'],
        authors: [{ name: 'Ada' }],
      },
    ],
  };
  expect(parseFeed(JSON.stringify(feed))).toMatchObject({
    format: 'json',
    link: 'https://coast.example/',
    items: [
      { guid: '7', content: 'a &lt; b', publishedAt: '2026-03-01T10:00:00Z', categories: ['Sea'], authors: ['Ada'] },
    ],
  });
});

describe('what is refused', () => {
  test.each([
    [
      'entities that a DTD declares',
      'hostile',
      '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
    ],
    [
      'external entities',
      'hostile',
      '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    ],
    ['endless nesting', 'hostile', `<rss><channel>${'<a>'.repeat(500_000)}`],
    ['too many elements', 'hostile', `<rss><channel>${'<a/>'.repeat(200_001)}`],
    [
      'too many attributes',
      'hostile',
      `<rss><channel><item ${Array.from({ length: 60_001 }, (_, n) => `a${n}=""`).join(' ')}>`,
    ],
    [
      'too many JSON objects',
      'hostile',
      `{"version":"https://jsonfeed.org/version/1","items":[${'{},'.repeat(60_001)}{}]}`,
    ],
    ['a web page of nothing but elements', 'not-a-feed', '<p>x</p>'.repeat(600_000)],
    ['nothing', 'empty', ' \n'],
    ['JSON of another kind', 'not-a-feed', '{"version":"1"}'],
    ['plain text', 'not-a-feed', 'Westmouth votes'],
    ['too much', 'too-large', `<rss>${' '.repeat(5 * 1024 * 1024)}</rss>`],
  ])('%s', (_, reason, xml) => {
    expect(parseFeed(xml)).toMatchObject({ kind: 'refused', reason, detail: expect.stringMatching(/\.$/) });
  });

  test('a web page, naming the feed that it offers', () => {
    const page =
      '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>';
    expect(parseFeed(page)).toMatchObject({ reason: 'not-a-feed', detail: expect.stringContaining('/feed.xml') });
    const whole = `<!doctype html><head><link href='rss?a=1&amp;b=2' type=application/rss+xml rel="alternate home">
      <link rel="stylesheet" href="/a.css" type="text/css"><link rel=alternate type="application/feed+json" href=/feed.json>
      <link rel="alternate" hreflang="de" href="/de/"><link rel="alternate" type="application/json" href="/api"></head>`;
    const { detail } = parseFeed(whole, { 'content-location': 'https://paper.example/news/story' }) as FeedRefusal;
    expect(detail.split(': ').at(-1)).toBe('https://paper.example/news/rss?a=1&b=2 https://paper.example/feed.json');
  });

  test.each([
    ['{"data":[]}', /^The document is JSON, but not a JSON Feed\. Give the address of the feed itself/],
    ['[1]', /^The document is JSON, but not a JSON Feed\./],
    [
      '<!doctype html><p>Welcome</p>',
      /^The address leads to a web page, not to a feed, and the page names none\. Give/,
    ],
    ['<opml/>', /^The document is not RSS, Atom, RDF or JSON Feed\. Give/],
  ])('%s, and what to do instead', (document, sentence) => {
    expect((parseFeed(document) as FeedRefusal).detail).toMatch(sentence);
  });
});

test('keeps the whole items of a feed that has too many elements after them', () => {
  const good = '<item><title>Ferry sails</title></item>';
  const feed = parseFeed(
    `<rss><channel>${good}${good}<item><title>Flood</title>${'<a/>'.repeat(60_000)}</item></channel></rss>`,
  );
  if (feed.kind === 'refused') throw new Error(feed.detail);
  expect(feed.items.map(({ title }) => title)).toEqual(['Ferry sails', 'Ferry sails']);
  expect(feed.isCut).toBe(true);
});

test('no hostile feed is made a tree of a hundred megabytes', () => {
  const fill = (head: string, unit: string): string =>
    head + unit.repeat(Math.floor((5_000_000 - head.length) / unit.length));
  const documents = [
    fill('<rss><channel><item>', '<a b="c" d="e" xmlns:q="r">t</a>'),
    fill('<rss><channel><item><description>', '&lt;b&gt;'),
    fill('<rss><channel><item><description>', '&amp;'),
    fill('', '<p>x</p>'),
  ];
  let worst = 0;
  for (const document of documents) {
    const before = process.memoryUsage().heapUsed;
    parseFeed(document);
    worst = Math.max(worst, process.memoryUsage().heapUsed - before);
  }
  expect(worst).toBeLessThan(64 * 1024 * 1024);
});

test('an entity that no DTD may declare stays as it is written', () => {
  expect(items(rss('<item><title>&evil; &amp; good</title></item>'))[0]?.title).toBe('&evil; & good');
});

test('an article about DTDs is not taken for an attack', () => {
  const about = rss(
    '<item><title><![CDATA[How <!ENTITY works]]></title><description>&lt;!DOCTYPE x [&lt;!ENTITY y "z"&gt;]&gt;</description></item>',
  );
  expect(items(about)).toHaveLength(1);
});

test('reads no more items than it keeps, and says that there is more', () => {
  const entries = (count: number) => parseFeed(rss('<item><title>x</title></item>'.repeat(count)));
  expect(entries(MAX_FEED_ITEMS)).toMatchObject({ isCut: false });
  const feed = entries(50_000);
  expect(feed).toMatchObject({ isCut: true });
  expect('items' in feed && feed.items).toHaveLength(MAX_FEED_ITEMS);
});

test('finds the hub of Atom, RSS and JSON Feed', () => {
  const link = '<link rel="hub" href="https://hub.example/"/><link rel="self" href="https://a.example/feed"/>';
  const expected = { hub: 'https://hub.example/', self: 'https://a.example/feed' };
  expect(parseFeed(`<feed xmlns="http://www.w3.org/2005/Atom">${link}</feed>`)).toMatchObject(expected);
  const atom = link.replaceAll('<link', '<a:link xmlns:a="http://www.w3.org/2005/Atom"');
  expect(parseFeed(rss(atom))).toMatchObject(expected);
  const json = {
    version: 'https://jsonfeed.org/version/1.1',
    feed_url: 'https://a.example/feed',
    hubs: [
      { type: 'rssCloud', url: 'https://cloud.example/' },
      { type: 'WebSub', url: 'https://hub.example/' },
    ],
  };
  expect(parseFeed(JSON.stringify(json))).toMatchObject(expected);
});
