import { describe, expect, test } from 'vitest';
import { fingerprint, isSameReport, sameStory } from '../../src/text/fingerprint.ts';
import { copies, footballA, footballB, harbour, harbourNextDay, originals, type Story, strike } from './stories.ts';

const compare = (a: Story, b: Story) => sameStory(fingerprint(a), fingerprint(b));

interface Pair {
  readonly name: string;
  readonly same: boolean;
  readonly judged: boolean;
}

/** Every report with each of its copies, and every two different reports, also in their copies’ dress. */
function pairs(): Pair[] {
  const found: Pair[] = [];
  for (const story of originals) {
    for (const [name, copy] of Object.entries(copies)) {
      found.push({ name: `${story.title} / ${name}`, same: true, judged: compare(story, copy(story)).same });
    }
    for (const other of originals.filter((candidate) => candidate !== story)) {
      for (const [name, copy] of Object.entries(copies)) {
        found.push({
          name: `${story.title} / ${other.title} as ${name}`,
          same: false,
          judged: compare(story, copy(other)).same,
        });
      }
    }
  }
  return found;
}

describe('sameStory on pairs of our own making', () => {
  const all = pairs();

  test('calls nothing the same that is not: precision 1', () => {
    expect(all.filter(({ same, judged }) => judged && !same).map(({ name }) => name)).toEqual([]);
  });

  test('finds at least 95 of 100 copies', () => {
    const copiesMade = all.filter(({ same }) => same);
    const missed = copiesMade.filter(({ judged }) => !judged).map(({ name }) => name);
    expect(1 - missed.length / copiesMade.length, missed.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});

test('keeps two match reports apart that share their phrases', () => {
  expect(compare(footballA, footballB).same).toBe(false);
});

const quarter = (company: string, town: string, figures: readonly string[], chief: string): Story => ({
  ...harbour,
  title: `${company} reports its third quarter`,
  url: `https://gazette.example/${company}`,
  text: [
    `The maker of pumps and valves ${company} earned ${figures[0]} million crowns in the third quarter, after ${figures[1]} million in the same months of the year before, the company said on Tuesday.`,
    `Revenue came to ${figures[2]} million crowns, which is ${figures[3]} per cent more than a year ago. Orders rose to ${figures[4]} million, as customers abroad bought more than the company had expected in the spring.`,
    `For the whole year the management board under ${chief} expects a profit of ${figures[5]} million crowns. It had spoken of ${figures[6]} million in August. The dividend is to remain at ${figures[7]} crowns for each share.`,
    `The company, which has its seat in ${town}, employs ${figures[8]} people in four countries. Its shares closed at ${figures[9]} crowns on the exchange, little changed from the day before.`,
  ].join('\n'),
});
const weather = (town: string, figures: readonly string[], river: string): Story => ({
  ...harbour,
  title: `The weather in ${town}`,
  url: `https://gazette.example/weather/${town}`,
  text: [
    `It will be cloudy in ${town} in the morning, with light rain along the river ${river} until about ${figures[0]} o’clock. The temperature rises to ${figures[1]} degrees at noon.`,
    `In the afternoon the sun comes out for ${figures[2]} hours. The wind blows from the south-west at ${figures[3]} kilometres an hour, in gusts at ${figures[4]}. At night it cools down to ${figures[5]} degrees and fog may form in the valley.`,
    `The outlook for the weekend: mostly dry, with highs of ${figures[6]} degrees on Saturday and ${figures[7]} on Sunday. The probability of rain is ${figures[8]} per cent.`,
  ].join('\n'),
});

test('keeps reports of one form apart that say other names and figures', () => {
  const one = quarter(
    'Carrow Pumps',
    'Carrow',
    ['31.4', '28.9', '412', '7.1', '455', '118', '110', '4.20', '3,912', '88.10'],
    'Ada Brandt',
  );
  const other = quarter(
    'Ludford Valves',
    'Ludford',
    ['12.7', '14.2', '198', '2.4', '203', '51', '55', '1.10', '1,204', '41.75'],
    'Tom Hale',
  );
  expect(compare(one, other)).toMatchObject({ same: false, why: expect.stringContaining('names and figures') });
  const carrow = weather('Carrow', ['9', '14', '5', '18', '44', '6', '16', '13', '20'], 'Tarn');
  const ludford = weather('Ludford', ['11', '12', '3', '22', '51', '4', '15', '17', '35'], 'Merrow');
  expect(compare(carrow, ludford).same).toBe(false);
  // And the next day's of one town, but not a copy under another headline, with its first figure corrected.
  const tomorrow = weather('Carrow', ['10', '11', '2', '25', '60', '3', '12', '8', '70'], 'Tarn');
  expect(compare(carrow, { ...tomorrow, url: 'https://gazette.example/tomorrow' }).same).toBe(false);
  const copy = {
    ...one,
    title: 'Pump maker lifts its forecast',
    url: 'https://ledger.example/1',
    text: one.text.replace('31.4', '31.5'),
  };
  expect(compare(one, copy).same).toBe(true);
  expect(compare(one, { ...copy, text: one.text.split('\n').slice(0, 2).join('\n') }).same).toBe(true);
});

test('keeps the next day’s report apart although it repeats the background', () => {
  expect(compare(harbour, harbourNextDay)).toMatchObject({ same: false });
});

test('trusts an equal address unless neither text nor headline agrees', () => {
  const page = { ...harbour, url: 'https://live.example/today' };
  const later = { ...strike, url: 'https://live.example/today?utm_source=x' };
  expect(compare(page, { ...page, text: '' }).same).toBe(true);
  expect(compare(page, later)).toMatchObject({ same: false, why: expect.stringContaining('moved on') });
});

test('knows a report that is handed out again by headline and text, not by the words its site repeats', () => {
  const print = fingerprint(harbour);
  const again = { ...harbour, text: `${harbour.text} Corrected on Friday.`, url: 'https://moved.example/harbour' };
  expect(isSameReport(print, fingerprint(again))).toBe(true);
  expect(isSameReport(print, fingerprint({ ...harbour, title: strike.title }))).toBe(false);
  expect(isSameReport(print, fingerprint({ ...strike, title: harbour.title }))).toBe(false);
});

test('compares headlines where there is no text', () => {
  const a = { title: 'Westmouth votes to rebuild its harbour wall', text: '', url: null };
  expect(sameStory(fingerprint(a), fingerprint({ ...a, title: `${a.title}!` })).same).toBe(true);
  expect(sameStory(fingerprint(a), fingerprint({ ...a, title: 'Ferry to Karlsund stops' })).same).toBe(false);
});

test('reads scripts without spaces', () => {
  const text =
    '港町の議会は火曜日、昨冬の嵐で崩れた防波堤を再建することを決めた。費用は三年間で千八百万クローナに上る。'.repeat(
      1,
    );
  const more = `${text}市長は「最も高価で最も必要な事業だ」と述べた。工事は九月に始まる予定で、フェリーの便が減る時期に合わせる。`;
  const a = fingerprint({ title: '港の壁を再建へ', text: more, url: null });
  expect(a.sequences).toBeGreaterThan(20);
  expect(sameStory(a, fingerprint({ title: '港の壁を再建へ', text: `${more}続報です。`, url: null })).same).toBe(true);
});

test('is small, plain data', () => {
  const print = fingerprint(harbour);
  expect(JSON.parse(JSON.stringify(print))).toEqual(print);
  expect(print.sample.length).toBeLessThanOrEqual(128);
});
