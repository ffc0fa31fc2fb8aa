import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `test` keys reach the sandbox network only. */
export type ApiKeyKind = 'live' | 'test';

export interface ApiKey {
  /** `sf_live_<id>_<secret><checksum>`: shown once, never stored. */
  readonly text: string;
  readonly kind: ApiKeyKind;
  /** 16 characters; what a row is found by and what a person sees later. */
  readonly id: string;
  /** What is stored: see `hashToken`. */
  readonly hash: string;
}

/** Makes a key with a secret of 190 random bits, which is why a fast hash is enough for storing it. */
export function makeApiKey(kind: ApiKeyKind): ApiKey {
  const body = `sf_${kind}_${randomText(16)}_${randomText(32)}`;
  const key = parseApiKey(body + checksumOf(body));
  if (key === null) throw new Error('The key just made cannot be read.');
  return key;
}

/**
 * Reads a key; null where it is not one, or its checksum does not fit, which spares the database a look-up for typing
 * errors and lets secret scanners tell a key from chance.
 */
export function parseApiKey(text: string): ApiKey | null {
  const match = /^(sf_(live|test)_([0-9A-Za-z]{16})_[0-9A-Za-z]{32})([0-9A-Za-z]{6})$/u.exec(text);
  if (match === null) return null;
  const [, body = '', kind, id = '', checksum] = match;
  if (checksumOf(body) !== checksum) return null;
  return { text, kind: kind as ApiKeyKind, id, hash: hashToken(text) };
}

/** What a key may be called by where its secret must not be: what stands before it. */
export function prefixOf({ kind, id }: ApiKey): string {
  return `sf_${kind}_${id}`;
}

/** A token for sessions, sign-in links and the like: 256 random bits as 43 characters of base64url, and its hash. */
export function makeToken(): { readonly token: string; readonly hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** SHA-256 in hexadecimal, 64 characters: what is stored of a random token. Not for passwords. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** Compares two texts in a time that tells nothing about where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(one), digest(other));
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random characters of base 62, each equally likely: bytes past 4 × 62 are thrown away. */
function randomText(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < alphabet.length * 4 && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

/** CRC-32 of the key before it, six characters of base 62. */
function checksumOf(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let place = 0; place < 6; place++) {
    text = (alphabet[rest % alphabet.length] ?? '') + text;
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}
