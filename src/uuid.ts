import { randomBytes } from 'node:crypto';

let last = { ms: 0, counter: 0 };

/**
 * A UUIDv7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random bits. Sorts by time, and within a millisecond by the
 * order in which this process made them: the first 12 bits count from a random start there (RFC 9562, 6.2, method 1).
 */
export function uuidV7(now: number): string {
  const bytes = randomBytes(16);
  const start = bytes.readUInt16BE(6) & 0x07ff;
  last = { ms: now, counter: now === last.ms ? (last.counter + 1) & 0x0fff : start };
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt16BE(0x7000 | last.counter, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
