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
