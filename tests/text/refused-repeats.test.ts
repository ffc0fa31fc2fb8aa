import { expect, test } from 'vitest';
import type { Limits, RepeatRule } from '../../src/domain/limits.ts';
import { limitsFor } from '../../src/domain/limits.ts';
import { preflight } from '../../src/text/preflight.ts';
import type { Twin } from '../../src/text/repeats.ts';
import { repeatsBeside } from '../../src/text/repeats.ts';

const HOUR = 3_600_000;
const out = new Date('2026-11-20T08:00:30Z');
const twin = (more: Partial<Twin> = {}): Twin => {
  return { where: 'post_1', at: out, isOut: true, isLast: true, texts: ['The ferry is back.'], ...more };
};
const limits = (repeats?: RepeatRule): Limits => ({
  text: { unit: 'graphemes', max: 100, linkCost: 'length', bareLinks: false },
  hashtags: { max: 3, advised: 1 },
  maxLinks: null,
  link: 'in-text',
  images: null,
  ...(repeats === undefined ? {} : { repeats }),
});
const halfDay = { withinMs: 12 * HOUR };

function faults(texts: string[], twins: Twin[], at: Date | null, repeats: RepeatRule | undefined = halfDay) {
  const target = { name: 'Postbox', limits: limits(repeats), threads: true, twins, ...(at === null ? {} : { at }) };
  const parts = texts.map((text) => ({ text, media: [] }));
  return preflight(parts, target).map(({ pointer, code, message }) => [pointer, code, message]);
}
const after = (ms: number): Date => new Date(out.getTime() + ms);

test('refuses a text that is out until the network would take it again, and says when that is', () => {
  const said =
    'The text for Postbox went out on this account on 2026-11-20 08:00 UTC, in post_1: Postbox refuses it again until ' +
    '2026-11-20 20:00 UTC. Change it, or choose a later time.';
  for (const ms of [0, 12 * HOUR - 1]) {
    expect(faults(['The ferry\nis back.'], [twin()], after(ms))).toEqual([['/parts/0/text', 'refuses-repeat', said]]);
  }
  expect(faults(['The ferry is back.'], [twin()], after(12 * HOUR))).toEqual([]);
  expect(faults(['The ferry is back!'], [twin()], after(1))).toEqual([]);
});

test('refuses the second of two that are on their way, whichever goes first', () => {
  const waiting = twin({ isOut: false });
  for (const ms of [-11 * HOUR, 11 * HOUR]) {
    expect(faults(['The ferry is back.'], [waiting], after(ms))).toMatchObject([
      ['/parts/0/text', 'refuses-repeat', expect.stringContaining('goes out on this account on 2026-11-20 08:00 UTC')],
    ]);
  }
  expect(faults(['The ferry is back.'], [waiting], after(-12 * HOUR))).toEqual([]);
});

test('refuses only what went out last where the network looks no further back', () => {
  const lastOnly = { ...halfDay, untilNext: true } as const;
  expect(faults(['The ferry is back.'], [twin()], after(HOUR), lastOnly)).toMatchObject([
    ['/parts/0/text', 'refuses-repeat', expect.stringContaining('refuses the same text twice in a row')],
  ]);
  expect(faults(['The ferry is back.'], [twin({ isLast: false })], after(HOUR), lastOnly)).toEqual([]);
});

test('refuses a thread that says the same twice, also where nobody has looked for others', () => {
  expect(faults(['One', 'Two', ' One'], [], null)).toEqual([
    [
      '/parts/2/text',
      'refuses-repeat',
      'Text 3 of 3 for Postbox is the same as text 1, and Postbox refuses the second: change it.',
    ],
  ]);
});

test('tells every text of a thread that is out, and each once', () => {
  const thread = twin({ texts: ['One', 'Two'] });
  expect(faults(['Two', 'One', 'Three'], [thread, thread], after(1)).map(([pointer]) => pointer)).toEqual([
    '/parts/0/text',
    '/parts/1/text',
  ]);
});

test('refuses nothing where the network takes the same again, nor where an editor has found that it does', () => {
  const target = { name: 'Postbox', threads: true, twins: [twin()], at: out };
  const parts = ['The ferry is back.', 'The ferry is back.'].map((text) => ({ text, media: [] }));
  expect(preflight(parts, { ...target, limits: limits() })).toEqual([]);
  expect(preflight(parts, { ...target, limits: limitsFor(limits(halfDay), null, 0) })).toEqual([]);
});

test('takes the hours that an editor has found for the network’s', () => {
  expect(limitsFor(limits(halfDay), null, 2).repeats).toEqual({ withinMs: 2 * HOUR });
  expect(limitsFor(limits(halfDay), { maxLinks: 1 }, null)).toMatchObject({ maxLinks: 1, repeats: halfDay });
  expect(limitsFor(limits(), null, 2).repeats).toBeUndefined();
});

test('tells of a text that is refused once, and of its link besides', () => {
  const refused = { pointer: '/parts/0/text', code: 'refuses-repeat', message: '' };
  const told = (pointer: string, code: string) => ({ pointer, code, message: '' });
  const repeats = [
    told('/parts/0/text', 'text-already-out'),
    told('/parts/1/text', 'text-already-out'),
    told('/link', 'link-already-out'),
  ];
  expect(repeatsBeside([refused], repeats)).toEqual(repeats.slice(1));
  expect(repeatsBeside([], repeats)).toEqual(repeats);
});
