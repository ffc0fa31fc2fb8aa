import { expect, test } from 'vitest';
import { parseSitemap } from '../../src/text/sitemap.ts';

const news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"';
const urlset = (entries: string) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" ${news}>${entries}</urlset>`;

test('reads what a news sitemap says of each page, and takes no image for the page', () => {
  const xml =
    urlset(`<url><loc>https://a.example/ferry</loc><image:image><image:loc>https://a.example/x.jpg</image:loc></image:image>
    <lastmod>2026-11-25</lastmod><news:news><news:publication><news:name>Coast</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2026-11-25T08:00:00+01:00</news:publication_date><news:title>Ferry &amp; bridge stop</news:title>
    <news:keywords>Sea, Local</news:keywords></news:news></url>`);
  expect(parseSitemap(xml)).toEqual({
    kind: 'urlset',
    isCut: false,
    items: [
      {
        guid: null,
        url: 'https://a.example/ferry',
        title: 'Ferry & bridge stop',
        teaser: null,
        content: null,
        sections: ['Sea', 'Local'],
        lang: 'en',
        publishedAt: '2026-11-25T08:00:00+01:00',
      },
    ],
  });
});

test('keeps the thousand newest of 50,000 pages, wherever they stand', () => {
  const pages = Array.from({ length: 50_000 }, (_, n) => {
    const day = new Date(Date.UTC(1990, 0, 1) + n * 86_400_000 * 0.25).toISOString();
    return `<url><loc>https://a.example/${n}</loc><lastmod>${day}</lastmod></url>`;
  });
  const sitemap = parseSitemap(urlset(pages.join('')));
  if (sitemap.kind !== 'urlset') throw new Error(JSON.stringify(sitemap));
  expect(sitemap.isCut).toBe(true);
  expect(new Set(sitemap.items.map(({ url }) => url))).toEqual(
    new Set(Array.from({ length: 1000 }, (_, n) => `https://a.example/${49_000 + n}`)),
  );
});

test('names the sitemaps of an index, the one that changed last first', () => {
  const xml = `<sitemapindex><sitemap><loc>https://a.example/old.xml</loc><lastmod>2026-01-01</lastmod></sitemap>
    <sitemap><loc>https://a.example/new.xml</loc><lastmod>2026-11-01</lastmod></sitemap></sitemapindex>`;
  expect(parseSitemap(xml)).toEqual({
    kind: 'index',
    sitemaps: ['https://a.example/new.xml', 'https://a.example/old.xml'],
  });
});

test('reads a list of addresses as text', () => {
  expect(parseSitemap('# pages\nhttps://a.example/1\n\nhttps://a.example/2\n')).toMatchObject({
    items: [{ url: 'https://a.example/1' }, { url: 'https://a.example/2' }],
  });
});

test.each([
  ['entities that it declares', 'hostile', `<!DOCTYPE urlset [<!ENTITY a "b">]>${urlset('')}`],
  ['endless nesting', 'hostile', urlset('<url>'.repeat(500))],
  ['a page', 'not-a-feed', '<!doctype html><p>Welcome</p>'],
  ['nothing', 'empty', ' '],
  ['addresses that are none', 'not-a-feed', 'javascript:alert(1)\nhttps://a.example/'],
])('refuses %s', (_, reason, text) => {
  expect(parseSitemap(text)).toMatchObject({ kind: 'refused', reason, detail: expect.stringMatching(/\.$/) });
});
