import { describe, expect, it } from 'vitest';
import { commonWords } from '../../src/domain/common-words.ts';
import { faultOfPassword, isCommon, PASSWORD_MAX, PASSWORD_MIN } from '../../src/domain/password.ts';
import fc from '../properties.ts';

describe('a password', () => {
  it.each([
    'password1234',
    'Password123!',
    'P@ssw0rd1234',
    'passwordpassword',
    'qwertyuiop12',
    'qwerty123456',
    '1q2w3e4r5t6y',
    '1qaz2wsx3edc',
    '123456789012',
    '111111111111',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'iloveyou1234',
    'ILoveYou2026!',
    'letmein12345',
    'Welcome2026!!',
    'Summer2026!!!',
    'superman12345',
    'football12345',
    'administrator',
    'princess12345',
    'trustno1trustno1',
    'Liverpool2025',
    'minecraft1234',
    'starwars12345',
    'jesuschrist1',
    'm1cr0s0ft2026',
    'standfirst2026',
  ])('%s is tried first, and refused', (password) => {
    expect(faultOfPassword(password)).toMatch(/^The password is one of those that are tried first/);
  });

  it.each([
    'tidal-lantern-quince-boat',
    'correct horse battery staple',
    'Kv9#mPq2x!Zr',
    'Der Fluss friert nie ganz zu',
    'صندوق البريد الأزرق',
    '雨の日は鉄橋を渡らないこと',
    'eeL8tmuvqq1z',
  ])('%s is taken', (password) => {
    expect(faultOfPassword(password)).toBeNull();
  });

  it('is not the name or the address of who sets it, nor of the house', () => {
    const own = ['Ilse Brandvold', 'ilse@harbour-herald.example'];
    expect(faultOfPassword('Brandvold2026!', own)).not.toBeNull();
    expect(faultOfPassword('Ilse.Brandvold', own)).not.toBeNull();
    expect(faultOfPassword('harbour-herald1', own)).not.toBeNull();
    expect(faultOfPassword('Brandvold2026!')).toBeNull();
  });

  it('has 12 to 128 characters as a person counts them, of any kind', () => {
    expect(faultOfPassword('tq8vx-mwlz2')).toBe('The password has 11 characters: use at least 12.');
    expect(faultOfPassword('🦜🐡🦀🐌🦋🐞🦗🪲🦟🪰🪱🦠')).toBeNull();
    expect(faultOfPassword('vq'.repeat(40) + 'xz'.repeat(24))).toBeNull();
    expect(faultOfPassword('x'.repeat(129))).toBe('The password has 129 characters: use at most 128.');
    expect([PASSWORD_MIN, PASSWORD_MAX]).toEqual([12, 128]);
  });

  it('is refused in more than 3,000 of the ways in which people lengthen the commonest words', () => {
    const tails = [
      '1234',
      '12345',
      '123456',
      '2024',
      '2025',
      '2026',
      '!',
      '123!',
      '2026!',
      '@123',
      '1234567',
      '00',
      '#1',
      '',
    ];
    const written = commonWords.flatMap((word) =>
      tails.flatMap((tail) => [word + tail, word[0]?.toUpperCase() + word.slice(1) + tail, word + word + tail]),
    );
    const long = [...new Set(written)].filter((password) => password.length >= PASSWORD_MIN);
    expect(long.length).toBeGreaterThan(3_000);
    expect(long.filter((password) => faultOfPassword(password) === null)).toEqual([]);
  });

  it('of random letters and digits is practically never taken for a common one', () => {
    const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789');
    fc.assert(
      fc.property(fc.array(letters, { minLength: 16, maxLength: 24 }), (picked) => {
        // Bias of the generator towards one character: that is a repetition, and rightly refused.
        fc.pre(new Set(picked).size > 8);
        expect(isCommon(picked.join(''))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('of the greatest length is judged at once', () => {
    const before = process.threadCpuUsage();
    faultOfPassword('passwordqwerty'.repeat(9) + 'Ж');
    faultOfPassword('ab1'.repeat(42));
    expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(500);
  });
});
