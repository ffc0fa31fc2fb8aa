import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A secret of 256 random bits, for links and sessions. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored in place of a token. A random secret of 128 bits or more needs no slow hash (ASVS 5.0, 11.4). */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** An API key: kind, 256 random bits, and a checksum by which secret scanners tell a key from noise. */
export function makeApiKeySecret(isTest: boolean): string {
  const body = `sf_${isTest ? 'test' : 'live'}_${randomBytes(32).toString('hex')}`;
  return body + checksum(body);
}

/** Whether a string has the form of one of our keys; asks no database. */
export function isApiKeySecret(given: string): boolean {
  return /^sf_(live|test)_[0-9a-f]{72}$/.test(given) && checksum(given.slice(0, -8)) === given.slice(-8);
}

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}
