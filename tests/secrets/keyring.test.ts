import { createDecipheriv, hkdfSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { makeKey, parseKeyring, type Place, SecretError } from '../../src/secrets/keyring.ts';
import fc from '../properties.ts';

const place: Place = { table: 'account', row: 'acc_1', column: 'credentials', account: 'acc_1' };
const k1 = makeKey('k1');
const k2 = makeKey('k2');
const ring = parseKeyring(k1);

const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'opened';
  } catch (error) {
    expect(error).toBeInstanceOf(SecretError);
    return (error as SecretError).reason;
  }
};

describe('a sealed secret', () => {
  it('opens to what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => ring.open(ring.seal(plain, place), place) === plain),
    );
  });

  it('is sealed anew each time, and shows nothing of the text', () => {
    const sealed = Array.from({ length: 100 }, () => ring.seal('hunter2', place));
    expect(new Set(sealed).size).toBe(100);
    expect(new Set(sealed.map((text) => text.split('.')[2])).size).toBe(100);
    expect(sealed.join()).not.toContain('hunter2');
    expect(sealed.join()).not.toContain(Buffer.from('hunter2').toString('base64url'));
  });

  it('is plain AES-256-GCM under a key of the row’s own, so that another program could open it', () => {
    const [version, name, nonce = '', body = '', tag = ''] = ring.seal('token', place).split('.');
    expect([version, name]).toEqual(['v1', 'k1']);
    const master = Buffer.from(k1.slice(3), 'base64');
    const key = new Uint8Array(hkdfSync('sha256', master, 'acc_1', 'standfirst v1 row key', 32));
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'));
    decipher.setAAD(Buffer.from('account|acc_1|credentials|acc_1')).setAuthTag(Buffer.from(tag, 'base64url'));
    expect(decipher.update(body, 'base64url', 'utf8') + decipher.final('utf8')).toBe('token');
  });

  it.each(['table', 'row', 'column', 'account'] as const)('does not open in another %s', (part) => {
    const sealed = ring.seal('token', place);
    expect(reasonOf(() => ring.open(sealed, { ...place, [part]: 'elsewhere' }))).toBe('not-authentic');
  });

  it('does not open with any one bit changed', () => {
    const sealed = ring.seal('token', place);
    const [version, name, ...rest] = sealed.split('.');
    for (const [index, part] of rest.entries()) {
      const bytes = Buffer.from(part, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const forged = [version, name, ...rest.with(index, changed.toString('base64url'))].join('.');
        expect(reasonOf(() => ring.open(forged, place))).toBe('not-authentic');
      }
    }
  });

  it.each([
    '',
    'token',
    'v2.k1.AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA',
    'v1.k1.AAAA.AA.AAAA',
    'v1.k1.AAAAAAAAAAAAAAAA.AA.AAAAAA',
  ])('is not %j', (text) => {
    expect(reasonOf(() => ring.open(text, place))).toBe('malformed');
  });

  it('has no place whose words could be read as another’s', () => {
    expect(() => ring.seal('token', { ...place, row: 'a|b' })).toThrow(RangeError);
    expect(() => ring.seal('token', { ...place, account: '' })).toThrow(RangeError);
  });
});

describe('a ring of keys', () => {
  it('seals with the first and opens with all', () => {
    const old = ring.seal('token', place);
    const both = parseKeyring(`${k2}, ${k1}`);
    expect(both.names).toEqual(['k2', 'k1']);
    expect(both.open(old, place)).toBe('token');
    expect(both.seal('token', place)).toMatch(/^v1\.k2\./u);
    expect([both.needsRotation(old), both.needsRotation(both.seal('x', place))]).toEqual([true, false]);
  });

  it('names the key that is missing', () => {
    const sealed = parseKeyring(k2).seal('token', place);
    expect(reasonOf(() => ring.open(sealed, place))).toBe('unknown-key');
    expect(() => ring.open(sealed, place)).toThrow('sealed with key "k2", and the ring has k1: add that key');
  });

  it('refuses by its canary a wrong key under the right name', () => {
    const canary = ring.canary();
    expect(() => ring.checkCanary(canary)).not.toThrow();
    expect(() => parseKeyring(`${k2},${k1}`).checkCanary(canary)).not.toThrow();
    expect(reasonOf(() => parseKeyring(makeKey('k1')).checkCanary(canary))).toBe('not-authentic');
    expect(() => parseKeyring(makeKey('k1')).checkCanary(canary)).toThrow(/set STANDFIRST_KEYS to the ring/);
    expect(reasonOf(() => parseKeyring(k2).checkCanary(canary))).toBe('unknown-key');
  });

  it('has a fingerprint that tells keys apart and does not hold them', () => {
    expect(ring.fingerprint()).toMatch(/^k1:[0-9a-f]{12}$/u);
    expect(parseKeyring(k1).fingerprint()).toBe(ring.fingerprint());
    expect(parseKeyring(makeKey('k1')).fingerprint()).not.toBe(ring.fingerprint());
    expect(inspect(ring, { depth: 9, showHidden: true })).not.toContain(k1.slice(3));
  });

  it('reads keys in both alphabets of base64', () => {
    const bytes = Buffer.alloc(32, 0xfb);
    const sealed = parseKeyring(`k1:${bytes.toString('base64')}`).seal('token', place);
    expect(parseKeyring(`k1:${bytes.toString('base64url')}`).open(sealed, place)).toBe('token');
  });

  it.each([
    ['nothing', '', 'Key 1 of the ring has no name'],
    ['a key without a name', k1.slice(3), 'Key 1 of the ring has no name'],
    ['a name with capitals', k1.toUpperCase(), 'has no name'],
    [
      'a key that is too short',
      `k1:${Buffer.alloc(16).toString('base64')}`,
      'Key "k1" is 16 bytes of base64 and not 32',
    ],
    ['a key that is too long', `k1:${Buffer.alloc(33).toString('base64')}`, 'Key "k1" is 33 bytes'],
    ['a key that is no base64', `k1:${'ä'.repeat(43)}`, 'Key "k1" is'],
    ['the same name twice', `${k1},${k1}`, 'Key "k1" is in the ring twice'],
    ['a comma too many', `${k1},`, 'Key 2 of the ring has no name'],
  ])('is not %s', (_, text, sentence) => {
    expect(() => parseKeyring(text)).toThrow(sentence);
    expect(() => parseKeyring(text)).toThrow(/write the ring as k2:/u);
  });

  it('does not repeat a key in its sentence', () => {
    const secret = Buffer.alloc(16, 7).toString('base64');
    expect(() => parseKeyring(`k1:${secret}`)).not.toThrow(secret);
  });
});
