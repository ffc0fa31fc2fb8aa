import { describe, expect, it } from 'vitest';
import { askedFor, endOf } from './asked.ts';
import { noFault, rows } from './rows.ts';

const sentenceOf = (...args: string[]): unknown => {
  const asked = askedFor(args, rows);
  return 'sentence' in asked ? [asked.code, asked.sentence] : asked.rows.map(({ n }) => n);
};

describe('the command of the fault matrix', () => {
  it('runs the rows it is asked for, where they run', () => {
    expect(sentenceOf('--rows', '2,1')).toEqual([1, 2]);
    expect(sentenceOf('--rows', '18')).toEqual([18]);
    expect(askedFor(['--rows', '8', '--backend', 'redis', '--soak', '5m', '--seed', '7'], rows)).toMatchObject({
      backends: ['redis+postgres'],
      soakMs: 300_000,
      seed: 7,
    });
  });

  it.each([
    [['--rows', '99'], /^--rows 99: there is no row 99; there are 1–37\.$/],
    [['--rows', 'abc'], /there is no row abc; there are 1–37/],
    [['--rows', '1,'], /there is no row ; there are/],
    [['--rows', '18', '--backend', 'redis'], /^Row 18 does not run on redis: it runs on embedded\.$/],
    [['--rows', '1,8', '--backend', 'embedded'], /^Row 8 does not run on embedded: it runs on redis\.$/],
    [['--backend', 'mysql'], /^--backend mysql is none of redis, postgres, embedded\.$/],
    [['--soak', '-5m'], /--help says what there is\.$/],
    [['--soak=-5m'], /^--soak -5m is not a time in minutes such as 10m\.$/],
    [['--soak', '5m', '--rows', '18'], /^--soak needs a row with a fault/],
    [['--seed', 'x'], /^--seed x is not a whole number/],
    [['--row', '1'], /--row.*--help says what there is\.$/],
  ])('says in one sentence why %j cannot be run', (args, sentence) => {
    expect(sentenceOf(...args)).toEqual([2, expect.stringMatching(sentence)]);
    expect(sentenceOf(...args)).toEqual([2, expect.not.stringContaining('\n')]);
  });

  it('says how it is used', () => {
    expect(sentenceOf('--help')).toEqual([0, expect.stringMatching(/--backend redis\|postgres\|embedded/)]);
  });

  it('never calls what was not run met', () => {
    const found = { backend: 'postgres', verdict: null, notes: [], faults: [], notRun: null } as const;
    const row = { ...noFault, n: 3 };
    expect(endOf([])).toEqual({ sentence: 'No row was run', code: 2 });
    expect(endOf([{ ...found, row: noFault }]).code).toBe(2);
    expect(endOf([{ ...found, row, notRun: 'no root' }]).code).toBe(2);
    expect(endOf([{ ...found, row }])).toEqual({ sentence: 'Every gate was met', code: 0 });
    expect(endOf([{ ...found, row, faults: ['lost 1'] }]).code).toBe(1);
  });
});
