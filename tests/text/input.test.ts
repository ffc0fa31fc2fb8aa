import { expect, test } from 'vitest';
import { MAX_INPUT_BYTES, sniffInput } from '../../src/text/input.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
/** Latin-1: one byte a character. */
const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

test('reads UTF-8 text without a label', () => {
  expect(sniffInput(bytes('Café “Ода”'), null)).toEqual({ kind: 'text', text: 'Café “Ода”' });
});

test('tells HTML by its markup and by its content type', () => {
  expect(sniffInput(bytes('<!DOCTYPE html><p>Hi'), null).kind).toBe('html');
  expect(sniffInput(bytes('<!-- build 7 --><html><body>Hi'), null).kind).toBe('html');
  expect(sniffInput(bytes('Hi'), 'text/html; charset=utf-8').kind).toBe('html');
  expect(sniffInput(bytes('if a < b and c > d then'), null).kind).toBe('text');
});

test('believes the content type before the page’s own meta charset', () => {
  const page = latin('<meta charset="utf-8"><p>caf\u00e9</p>');
  expect(sniffInput(page, 'text/html; charset="iso-8859-1"')).toMatchObject({
    html: '<meta charset="utf-8"><p>café</p>',
  });
});

test('decodes by the meta charset where nothing else speaks', () => {
  const page = new Uint8Array([...bytes('<html><meta charset=windows-1251><p>'), 0xcd, 0xee, 0xe2, 0xee]);
  expect(sniffInput(page, 'text/html')).toMatchObject({ html: expect.stringMatching(/Ново$/) });
});

test('believes a byte order mark before everything and takes it off', () => {
  const page = new Uint8Array([0xff, 0xfe, 0x48, 0x00, 0x69, 0x00]);
  expect(sniffInput(page, 'text/plain; charset=utf-8')).toEqual({ kind: 'text', text: 'Hi' });
});

test('falls back to windows-1252 for bytes that are not UTF-8', () => {
  expect(sniffInput(latin('caf\u00e9 \u0093x\u0094'), 'text/plain; charset=nonsense')).toEqual({
    kind: 'text',
    text: 'café “x”',
  });
});

test.each([
  ['empty', bytes(' \n ')],
  ['binary', bytes('%PDF-1.7\n')],
  ['binary', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13])],
  ['too-large', new Uint8Array(MAX_INPUT_BYTES + 1)],
])('refuses what is %s in one sentence', (reason, input) => {
  expect(sniffInput(input, null)).toMatchObject({ kind: 'refused', reason, detail: expect.stringMatching(/\.$/) });
});
