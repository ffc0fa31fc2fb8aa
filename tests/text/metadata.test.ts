import { describe, expect, test } from 'vitest';
import { parseHtml } from '../../src/text/html-parse.ts';
import { cleanAuthors } from '../../src/text/author-names.ts';
import { readMetadata } from '../../src/text/metadata.ts';

const address = 'https://www.courier.example/local/2026/03/04/wall';
const read = (head: string, body = '<h1>Westmouth rebuilds its wall</h1>', url: string | null = address) =>
  readMetadata(parseHtml(`<html><head>${head}</head><body>${body}</body></html>`, url ?? 'about:blank'), url);
const ld = (node: object) => `<script type="application/ld+json">${JSON.stringify(node)}</script>`;
const meta = (name: string, content: string) => `<meta property="${name}" content="${content}">`;

describe('the headline', () => {
  test.each([
    ['bar', 'Westmouth rebuilds its wall | The Courier'],
    ['dash', 'Westmouth rebuilds its wall - The Courier'],
    ['long dash, section first', 'The Courier – Westmouth rebuilds its wall'],
    ['the domain’s own name', 'Westmouth rebuilds its wall - courier.example'],
  ])('loses the site’s name: %s', (_, title) => {
    expect(read(`<title>${title}</title>${meta('og:site_name', 'The Courier')}`, '').title).toBe(
      'Westmouth rebuilds its wall',
    );
  });

  test('keeps a dash of its own', () => {
    expect(read('<title>Fire, flood - and then the mayor resigned</title>', '').title).toBe(
      'Fire, flood - and then the mayor resigned',
    );
  });

  test('is the heading that the title vouches for, not the logo', () => {
    const page = '<h1>The Courier</h1><nav><h2>Most read</h2></nav><h2>Westmouth rebuilds its wall</h2>';
    expect(read('<title>Westmouth rebuilds its wall – The Courier</title>', page).title).toBe(
      'Westmouth rebuilds its wall',
    );
  });

  test('leaves out the kicker above it', () => {
    const page = '<h1><span>Local politics</span> <span>Westmouth rebuilds its wall</span></h1>';
    expect(read('<meta property="og:title" content="Westmouth rebuilds its wall">', page).title).toBe(
      'Westmouth rebuilds its wall',
    );
  });
});

describe('the authors', () => {
  test('are no job of several people, and not the site with its article', () => {
    expect(
      read('', '<h1>Westmouth rebuilds its wall</h1><p class="byline">By Bo Ferro, Staff Writers</p>').authors,
    ).toEqual(['Bo Ferro']);
    expect(read(meta('author', 'By Bo Ferro | The Courier')).authors).toEqual(['Bo Ferro']);
  });

  test.each([
    ['كتب: سالم العتيبي', 'سالم العتيبي'],
    ['מאת: נעמה בר', 'נעמה בר'],
    ['记者：李晓明', '李晓明'],
  ])('are read from a byline in a script without capitals: %s', (line, name) => {
    expect(read('', `<h1>Westmouth rebuilds its wall</h1><p>${line}</p>`).authors).toEqual([name]);
  });

  test('come from the label of a link preview, or from a label before the name', () => {
    const preview =
      '<meta name="twitter:label1" content="Verfasst von"><meta name="twitter:data1" content="Ada Lindqvist">' +
      '<meta name="twitter:label2" content="Lesezeit"><meta name="twitter:data2" content="4 Minuten">';
    expect(read(preview, '<h1>Westmouth rebuilds its wall</h1>').authors).toEqual(['Ada Lindqvist']);
    const label = '<h1>Westmouth rebuilds its wall</h1><div><b>Autor:</b><br> Bo Ferro</div>';
    expect(read('', label).authors).toEqual(['Bo Ferro']);
  });

  test('are people before the letters of an agency', () => {
    const byline = (text: string): string => `<h1>Westmouth rebuilds its wall</h1><p class="byline">${text}</p>`;
    expect(read('', byline('Ada Lindqvist/SP-X')).authors).toEqual(['Ada Lindqvist']);
    expect(read('', byline('SP-X')).authors).toEqual(['SP-X']);
  });

  test('are people before the desk or the site', () => {
    const head =
      ld({ '@type': 'NewsArticle', author: { '@type': 'Organization', name: 'The Courier' } }) +
      meta('og:site_name', 'The Courier');
    expect(
      read(head, '<h1>Westmouth rebuilds its wall</h1><p class="byline">By Ada Lindqvist and Bo Ferro</p>').authors,
    ).toEqual(['Ada Lindqvist', 'Bo Ferro']);
    expect(read(head).authors).toEqual(['The Courier']);
  });

  test('are found by reference in JSON-LD', () => {
    const graph = {
      '@graph': [
        { '@type': 'NewsArticle', author: { '@id': '#a' } },
        { '@type': 'Person', '@id': '#a', name: 'Ada Lindqvist' },
      ],
    };
    expect(read(ld(graph)).authors).toEqual(['Ada Lindqvist']);
  });

  test('are not those of the comments', () => {
    const comments = '<div class="comments"><span class="author">Angry Reader</span></div>';
    expect(read('', `<h1>Westmouth rebuilds its wall</h1>${comments}`).authors).toEqual([]);
  });

  test.each([
    ['By Ada Lindqvist', ['Ada Lindqvist']],
    ['Von Ada Lindqvist und Bo Ferro', ['Ada Lindqvist', 'Bo Ferro']],
    ['Por Ada Lindqvist y Bo Ferro', ['Ada Lindqvist', 'Bo Ferro']],
    ['ADA LINDQVIST, Senior Reporter', ['Ada Lindqvist']],
    ['Ada Lindqvist (dpa)', ['Ada Lindqvist']],
    ['Ada van der Meer', ['Ada van der Meer']],
    ['https://social.example/ada', []],
    ['@ada', []],
    ['ada@courier.example', []],
    ['Published 4 March 2026', []],
  ])('cleans “%s”', (text, people) => {
    expect(cleanAuthors([text])).toEqual(people);
  });
});

describe('the date', () => {
  const published = (head: string, body?: string, url = 'https://a.example/x') => read(head, body, url).publishedAt;

  test('comes from JSON-LD with its offset', () => {
    expect(published(ld({ '@type': 'Article', datePublished: '2026-03-04T18:20:00+01:00' }))).toBe(
      '2026-03-04T18:20:00+01:00',
    );
  });

  test('prefers the notation with a local offset where two name one day', () => {
    const head =
      ld({ '@type': 'Article', datePublished: '2026-03-04T17:20:00Z' }) +
      meta('article:published_time', '2026-03-04T18:20:00+01:00');
    expect(published(head)).toBe('2026-03-04T18:20:00+01:00');
  });

  test('believes what is printed and marked rather than a template’s vague “date”', () => {
    const body =
      '<h1>Westmouth rebuilds its wall</h1><time itemprop="datePublished" datetime="2026-03-04">4 March</time>';
    expect(published('<meta name="date" content="2026-03-09">', body)).toBe('2026-03-04');
  });

  test('comes from the address or the words beside the headline where nothing else speaks', () => {
    expect(published('', undefined, address)).toBe('2026-03-04');
    expect(
      published('<html lang="de">', '<h1>Westmouth rebuilds its wall</h1><p>Stand: 4. März 2026, 18:20 Uhr</p>'),
    ).toBe('2026-03-04');
  });

  test('is not that of another story in a list', () => {
    const list = '<ul class="related">' + '<li><time datetime="2020-01-01">old</time></li>'.repeat(3) + '</ul>';
    const body = `<h1>Westmouth rebuilds its wall</h1><p class="date">4 March 2026</p>${list}`;
    expect(published('', body)).toBe('2026-03-04');
  });

  test('is null where the page has none', () => {
    expect(published('', '<h1>Westmouth rebuilds its wall</h1><p>In 1911 the wall stood.</p>')).toBeNull();
  });
});

describe('the rest', () => {
  test('keywords of the article in their order, without the machines’ own', () => {
    expect(read('<meta name="keywords" content="Harbour, #Westmouth, harbour, tag:4711, 88">').keywords).toEqual([
      'Harbour',
      'Westmouth',
    ]);
  });

  test('the section from the breadcrumbs', () => {
    const crumbs = ['Home', 'Local', 'Westmouth rebuilds its wall'].map((name, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      name,
    }));
    expect(read(ld({ '@type': 'BreadcrumbList', itemListElement: crumbs })).section).toBe('Local');
  });

  test('a canonical address of another site or the front page is not believed', () => {
    expect(read('<link rel="canonical" href="https://evil.example/wall">').url).toBe(address);
    expect(read('<link rel="canonical" href="https://www.courier.example/">').url).toBe(address);
    expect(read('<link rel="canonical" href="https://courier.example/local/wall">').url).toBe(
      'https://courier.example/local/wall',
    );
  });

  test('an image address that is not http is left out', () => {
    expect(read(meta('og:image', 'javascript:alert(1)')).image).toBeNull();
  });

  test('the alternative text of the same picture in the page', () => {
    const body =
      '<img src="/img/harbour-gate.jpg" alt="The gate"><img src="/pics/harbour-wall.jpg?w=640" alt="The wall at low tide">';
    expect(read(meta('og:image', 'https://cdn.courier.example/pics/harbour-wall.jpg'), body).image?.alt).toBe(
      'The wall at low tide',
    );
  });

  test('a language only where the tag is one', () => {
    expect(
      read('<meta http-equiv="content-language" content="german"><meta property="og:locale" content="de_AT">').lang,
    ).toBe('de-AT');
    expect(read('').lang).toBe('und');
  });
});
