import { expect, test } from 'vitest';
import { articleFromText } from '../../src/text/plain.ts';

const body = 'The harbour council of Westmouth voted on Monday.\nMayor Ada Lindqvist called it “a start”.';

test('keeps one paragraph a line and drops empty lines', () => {
  expect(articleFromText('First.\r\n\r\n  Second  part. \n\n').text).toBe('First.\nSecond part.');
});

test('moves a closing line of hashtags to the keywords', () => {
  const article = articleFromText(`${body}\n#Harbour #Westmouth #Überfahrt #2030Plan\n`);
  expect(article.text).toBe(body);
  expect(article.keywords).toEqual(['Harbour', 'Westmouth', 'Überfahrt', '2030Plan']);
});

test('reads hashtags spread over several closing lines in their order', () => {
  expect(articleFromText(`${body}\n#Harbour, #Council\n#News`).keywords).toEqual(['Harbour', 'Council', 'News']);
});

test('leaves a closing sentence alone that only begins with a hashtag or a number sign', () => {
  expect(articleFromText(`${body}\n#Westmouth votes again in May.`).keywords).toEqual([]);
  expect(articleFromText(`${body}\n#1`).text).toBe(`${body}\n#1`);
});

test('puts the caller’s keywords first and names each idea once', () => {
  const article = articleFromText(`${body}\n#harbour #Tides`, { keywords: ['#Harbour', 'Ferries'] });
  expect(article.keywords).toEqual(['Harbour', 'Ferries', 'Tides']);
});

test('composes characters to NFC', () => {
  expect(articleFromText('Ze\u0301ro').text).toBe('Zéro');
});

test('takes the caller’s language before the detected one', () => {
  expect(articleFromText(body, { lang: 'en' }, () => 'de').lang).toBe('en');
  expect(articleFromText(body, {}, () => 'de').lang).toBe('de');
  expect(articleFromText(body).lang).toBe('und');
});

test('never empties a text that is nothing but hashtags', () => {
  expect(articleFromText('#One #Two').text).toBe('#One #Two');
});

test.each([
  ['an override of direction', 'The \u202emayor\u202c met the council.', 'The mayor\u202c met the council.'],
  ['control characters', 'The may\u0000or\u0007 met the council.', 'The mayor met the council.'],
  ['not the marks of right-to-left text', 'נכתב ב\u200fABC\u200e אתמול.', 'נכתב ב\u200fABC\u200e אתמול.'],
])('leaves out what no reader sees: %s', (_, text, expected) => {
  expect(articleFromText(text).text).toBe(expected);
});
