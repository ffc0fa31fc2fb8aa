import { expect, test } from 'vitest';
import { dateInUrl, findDate, readMachineDate } from '../../src/text/dates.ts';

test.each([
  ['2026-03-04T18:20:00+01:00', '2026-03-04T18:20:00+01:00'],
  ['2026-03-04T18:20:00.123Z', '2026-03-04T18:20:00Z'],
  ['2026-03-04 18:20', '2026-03-04'],
  ['Wed, 04 Mar 2026 18:20:00 +0100', '2026-03-04T18:20:00+01:00'],
  ['Wed, 4 Mar 26 18:20:00 EST', '2026-03-04T18:20:00-05:00'],
  ['Wed Mar 04 18:20:00 2026', '2026-03-04'],
  ['March 4th, 2026 at 6:20 pm GMT', '2026-03-04T18:20:00Z'],
  ['12:05 a.m., March 4, 2026', '2026-03-04'],
  ['Published on Wednesday, 4 March 2026', '2026-03-04'],
  ['4. März 2026', '2026-03-04'],
  ['4. Jänner 2026', '2026-01-04'],
  ['Mi., 04.03.2026, 18:20 Uhr', '2026-03-04'],
  ['4 de marzo de 2026', '2026-03-04'],
  ['le 4 août 2026 à 18h20', '2026-08-04'],
  ['4 de março de 2026', '2026-03-04'],
  ['mercoledì 4 marzo 2026', '2026-03-04'],
  ['4 maart 2026', '2026-03-04'],
  ['4 października 2026', '2026-10-04'],
  ['4 марта 2026 г.', '2026-03-04'],
  ['4 березня 2026', '2026-03-04'],
  ['4 Mart 2026', '2026-03-04'],
  ['4 مارس 2026', '2026-03-04'],
  ['٤ مارس ٢٠٢٦', '2026-03-04'],
  ['4 במרץ 2026', '2026-03-04'],
  ['4 मार्च 2026', '2026-03-04'],
  ['2026年3月4日', '2026-03-04'],
  ['2026년 3월 4일', '2026-03-04'],
  ['2026. március 4.', '2026-03-04'],
  ['04.03.26', '2026-03-04'],
])('finds the date in “%s”', (text, date) => {
  expect(findDate(text)).toBe(date);
});

test('keeps the offset that was written, so that the day stays the newsroom’s day', () => {
  expect(findDate('2026-03-04T23:30:00-0800')).toBe('2026-03-04T23:30:00-08:00');
});

test('puts the month first only where America does', () => {
  expect(findDate('03/04/2026', 'en-US')).toBe('2026-03-04');
  expect(findDate('03/04/2026', 'en-GB')).toBe('2026-04-03');
  expect(findDate('03/04/2026', 'es')).toBe('2026-04-03');
  expect(findDate('03/24/2026', 'de')).toBe('2026-03-24');
});

test.each(['30 February 2026', '2026-13-01', '4 Menschen 2026', 'Version 10.2.2026.1', 'March 2026', '0000-00-00', ''])(
  'finds no date in “%s”',
  (text) => {
    expect(findDate(text)).toBeNull();
  },
);

test('reads compact dates and Unix time in machine fields only', () => {
  expect(readMachineDate('20260304182000')).toBe('2026-03-04');
  expect(readMachineDate('20260304T182000Z')).toBe('2026-03-04T18:20:00Z');
  expect(readMachineDate('1772644800')).toBe('2026-03-04T17:20:00Z');
  expect(findDate('1772644800')).toBeNull();
});

test.each([
  ['https://a.example/2026/03/04/wall', '2026-03-04'],
  ['https://a.example/2026/mar/04/wall', '2026-03-04'],
  ['https://a.example/news/2026-03-04-wall.html', '2026-03-04'],
  ['https://a.example/news/20260304-wall', '2026-03-04'],
  ['https://a.example/news/04-03-2026-wall', '2026-03-04'],
  ['https://a.example/news/2026/03/wall', null],
  ['https://a.example/id/20261404', null],
  ['https://2026.example/?d=2026-03-04', null],
])('reads the date in %s', (url, date) => {
  expect(dateInUrl(url)).toBe(date);
});
