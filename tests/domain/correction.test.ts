import { expect, test } from 'vitest';
import { remediesFor } from '../../src/domain/correction.ts';

const known = { isKnown: true, isSameLength: true, isSameCard: true };

test('answers a wrong post only where one message can be tied to another', () => {
  const powers = { edit: false, remove: false, threads: true };
  expect(remediesFor(powers, known)).toEqual(['reply', 'by-hand', 'leave']);
  expect(remediesFor({ ...powers, threadsAreLoose: true }, known)).toEqual(['by-hand', 'leave']);
});

test('changes a post where it is only if it keeps its number of messages, and touches none whose id nobody knows', () => {
  const powers = { edit: true, remove: true, threads: false };
  expect(remediesFor(powers, known)).toEqual(['edit', 'replace', 'by-hand', 'leave']);
  expect(remediesFor(powers, { ...known, isSameLength: false })).toEqual(['replace', 'by-hand', 'leave']);
  expect(remediesFor(powers, { ...known, isSameCard: false })).toEqual(['replace', 'by-hand', 'leave']);
  expect(remediesFor(powers, { ...known, isKnown: false })).toEqual(['by-hand', 'leave']);
});
