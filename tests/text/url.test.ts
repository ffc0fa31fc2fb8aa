import { expect, test } from 'vitest';
import { canonicalUrl, urlKey, urlKeys } from '../../src/text/url.ts';

const article = 'https://www.courier.example/local/harbour-wall';

test.each([
  ['tracking parameters', `${article}?utm_source=a&utm_medium=b&fbclid=c&gclid=d`],
  ['a fragment', `${article}#comments`],
  ['a closing slash', `${article}/`],
  ['the AMP path', `${article}/amp/`],
  ['the AMP host', 'https://amp.courier.example/local/harbour-wall'],
  ['the mobile host', 'https://m.courier.example/local/harbour-wall'],
  ['Google’s AMP address', 'https://www.google.com/amp/s/www.courier.example/local/harbour-wall'],
  [
    'the AMP cache',
    'https://www-courier-example.cdn.ampproject.org/c/s/www.courier.example/local/harbour-wall?amp_js_v=9',
  ],
  ['a default port and capitals in the host', 'https://WWW.Courier.example:443/local/harbour-wall'],
  ['credentials', 'https://reader:secret@www.courier.example/local/harbour-wall'],
])('takes off %s', (_, address) => {
  expect(canonicalUrl(address)).toBe(article);
});

test('keeps the parameters that name the article, in one order', () => {
  expect(canonicalUrl('https://courier.example/story.php?page=2&id=77&utm_term=x')).toBe(
    'https://courier.example/story.php?id=77&page=2',
  );
});

test('keeps the case of the path and the words “amp” and “m” inside it', () => {
  expect(canonicalUrl('https://courier.example/Music/amp-up/m')).toBe('https://courier.example/Music/amp-up/m');
});

test('leaves a bare domain that begins with m alone', () => {
  expect(canonicalUrl('https://m.example/story')).toBe('https://m.example/story');
});

test('gives back what is not a web address', () => {
  expect(canonicalUrl('mailto:desk@courier.example')).toBe('mailto:desk@courier.example');
  expect(canonicalUrl('not an address')).toBe('not an address');
});

test('makes one key of http, https and www', () => {
  expect(urlKey('http://courier.example/a')).toBe(urlKey('https://www.courier.example/a/'));
});

test.each([
  ['a dot behind the host', 'https://courier.example./a-b/caf%C3%A9'],
  ['letters and signs that need no code', 'https://courier.example/%61%2Db/caf%C3%A9'],
  ['codes in small letters', 'https://courier.example/a-b/caf%c3%a9'],
])('finds an address again by its plain writing: %s', (_, address) => {
  expect(urlKeys(address)).toEqual([urlKey(address), 'courier.example/a-b/caf%C3%A9']);
});

test('has one key for an address that is plain, and leaves a coded slash as it is', () => {
  expect(urlKeys('https://www.courier.example/a%2Fb')).toEqual(['courier.example/a%2Fb']);
  expect(urlKeys('not an address')).toEqual(['not an address']);
});
