import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { hashToken, isSameSecret, makeApiKey, makeToken, parseApiKey } from '../../src/secrets/token.ts';

describe('an API key', () => {
  it.each(['live', 'test'] as const)('of kind %s reads back as it was made', (kind) => {
    const key = makeApiKey(kind);
    expect(key.text).toMatch(new RegExp(`^sf_${kind}_${key.id}_[0-9A-Za-z]{38}$`, 'u'));
    expect(parseApiKey(key.text)).toEqual(key);
  });

  it('is stored as the SHA-256 of the whole key', () => {
    const key = makeApiKey('live');
    expect(key.hash).toBe(createHash('sha256').update(key.text).digest('hex'));
  });

  it('is never made twice, and uses its whole alphabet', () => {
    const keys = Array.from({ length: 500 }, () => makeApiKey('live'));
    expect(new Set(keys.map(({ id }) => id)).size).toBe(500);
    const secrets = keys.map(({ text }) => text.split('_')[3]?.slice(0, 32)).join('');
    const counts = new Map<string, number>();
    for (const letter of secrets) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // 16,000 letters, 258 of each expected: 150 off would be more than nine standard deviations.
    for (const count of counts.values()) expect(Math.abs(count - 258)).toBeLessThan(150);
  });

  it('is refused with any one character changed, in any place', () => {
    const { text } = makeApiKey('live');
    for (let at = 0; at < text.length; at++) {
      const other = text[at] === 'x' ? 'y' : 'x';
      expect(parseApiKey(text.slice(0, at) + other + text.slice(at + 1))).toBeNull();
    }
  });

  it.each([
    '',
    'sf_live_',
    'sf_prod_abc_def',
    'Bearer sf_live_x',
    `${makeApiKey('live').text}\n`,
    ` ${makeApiKey('live').text}`,
  ])('is not %j', (text) => {
    expect(parseApiKey(text)).toBeNull();
  });
});

describe('a token', () => {
  it('is 256 random bits, and its hash is what is stored', () => {
    const { token, hash } = makeToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(hash).toBe(hashToken(token));
    expect(makeToken().token).not.toBe(token);
  });

  it('hashes as SHA-256 does', () => {
    // FIPS 180-2, appendix B.1
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('is compared whole', () => {
    expect([isSameSecret('a', 'a'), isSameSecret('a', 'b'), isSameSecret('a', 'aa')]).toEqual([true, false, false]);
  });
});
