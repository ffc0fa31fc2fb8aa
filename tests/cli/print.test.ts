import { describe, expect, it } from 'vitest';
import { harmless } from '../../src/cli/print.ts';

describe('words with foreign text in them', () => {
  it.each([
    ['an escape sequence', 'Post\u001b[2J\u001b[31m of Tarn', 'Post [2J [31m of Tarn'],
    ['the title of the window', '\u001b]0;owned\u0007Tarn', ' ]0;owned Tarn'],
    ['a control sequence in one character', 'Tarn\u009b31m', 'Tarn 31m'],
    ['a return that writes over the line', 'refused\rallowed', 'refused allowed'],
    ['letters turned around', 'Tarn \u202egnp.exe\u202c \u2066x\u2069', 'Tarn  gnp.exe   x '],
  ])('show %s as text', (_what, words, shown) => {
    expect(harmless(words)).toBe(shown);
  });

  it.each(['Ølga  编辑部\tکتاب‌ها 👩‍💻\nsecond line', 'https://post.example/?a=b&c=d'])(
    'stay as they are otherwise: %j',
    (words) => {
      expect(harmless(words)).toBe(words);
    },
  );
});
