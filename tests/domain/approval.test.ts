import { describe, expect, it } from 'vitest';
import { decide } from '../../src/domain/approval.ts';
import type { Candidate } from '../../src/domain/approval.ts';

const plain: Candidate = {
  needsApproval: null,
  sourceId: 'src_wire',
  urgency: 'normal',
  confidence: 0.9,
  engine: 'extractive',
  sensitive: [],
  lacksAltText: false,
  linkCut: [],
  likeness: null,
};
const auto = [{ sourceId: 'src_wire', urgencies: ['normal', 'evergreen'] as const }];
const needsPerson = (over: Partial<Candidate>, rules = auto) =>
  decide({ ...plain, ...over }, { auto: rules }).needsPerson;

describe('a person decides', () => {
  it('always, unless the house lets this source out at this urgency', () => {
    expect(needsPerson({}, [])).toBe(true);
    expect(needsPerson({})).toBe(false);
    expect(needsPerson({ urgency: 'breaking' })).toBe(true);
    expect(needsPerson({ sourceId: 'src_other' })).toBe(true);
    expect(needsPerson({ sourceId: null })).toBe(true);
  });

  it('where the account asks for one; one that asks for none goes out', () => {
    expect(needsPerson({ needsApproval: true })).toBe(true);
    expect(needsPerson({ needsApproval: false }, [])).toBe(false);
    expect(decide({ ...plain, needsApproval: true }, { auto }).reason).toBeNull();
  });

  it.each<[string, Partial<Candidate>, string]>([
    ['sensitive names', { sensitive: ['Ilse Brandt', 'murder'] }, 'it names Ilse Brandt, murder, which'],
    ['words of a model', { engine: 'quill-2' }, 'those of a model (quill-2)'],
    ['an unsure extraction', { confidence: 0.42 }, 'may not have been read right (0.42 of 1)'],
    [
      'a link that had a key in it',
      { linkCut: ['token'] },
      'its link had token in it, which may be a key and was left out: see that it opens',
    ],
    ['a story that may be told already', { likeness: '31 % is shared.' }, 'what another story tells (31 % is shared)'],
    ['an image without a description', { lacksAltText: true }, 'has no description'],
  ])('on %s, whatever a rule or an account says, and is told why', (_, over, words) => {
    const decision = decide({ ...plain, needsApproval: false, ...over }, { auto });
    expect(decision.needsPerson).toBe(true);
    expect(decision.reason).toContain(words);
  });

  it('is told everything in one sentence', () => {
    const { reason } = decide({ ...plain, sensitive: ['murder'], confidence: 0.1 }, { auto });
    expect(reason).toMatch(/^A person decides, because it names murder.+; the article may not.+\.$/);
  });
});
