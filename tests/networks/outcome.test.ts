import { expect, test } from 'vitest';
import { GuardError, StandstillError, markUnsent } from '../../src/http/failure.ts';
import { failure, failureOfError, failureOfStatus } from '../../src/networks/outcome.ts';

const now = new Date('2026-11-23T12:00:00Z');

function errorWith(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`went wrong: ${code}`), { code }) });
}

test.each([
  ['ECONNREFUSED', 'down'],
  ['ENOTFOUND', 'down'],
  ['EAI_AGAIN', 'down'],
  ['UND_ERR_CONNECT_TIMEOUT', 'down'],
  ['ETIMEDOUT', 'unknown'],
  ['ECONNRESET', 'unknown'],
  ['EPIPE', 'unknown'],
  ['UND_ERR_SOCKET', 'unknown'],
  ['UND_ERR_HEADERS_TIMEOUT', 'unknown'],
  ['SOMETHING_NEW', 'unknown'],
])('takes %s for %s', (code, kind) => {
  expect(failureOfError(errorWith(code))).toMatchObject({ kind, code });
});

test('takes any error from before the connection stood for proof that nothing left', () => {
  const error = errorWith('CERT_HAS_EXPIRED');
  expect(failureOfError(error)).toMatchObject({ kind: 'unknown' });
  markUnsent(error.cause as Error);
  expect(failureOfError(error)).toMatchObject({ kind: 'down', cause: 'provider_down' });
});

test('takes a standstill of our own for no fault of the network', () => {
  const error = markUnsent(new Error('not begun', { cause: new StandstillError() }));
  expect(failureOfError(error)).toMatchObject({ kind: 'down', cause: 'internal' });
});

test.each([
  ['blocked-address', 'refused', 'blocked_host'],
  ['bad-url', 'refused', 'blocked_host'],
  ['redirect-loop', 'refused', 'config'],
  ['too-large', 'unknown', 'timeout_unknown'],
  ['broken', 'unknown', 'timeout_unknown'],
] as const)('takes the guard’s %s for %s, in the guard’s own words', (kind, expected, cause) => {
  const error = new TypeError('fetch failed', { cause: new GuardError(kind, '10.0.0.1 is a private address.') });
  expect(failureOfError(error)).toMatchObject({ kind: expected, cause, detail: expect.stringContaining('10.0.0.1') });
});

test.each([
  [200, 'unknown'],
  [302, 'refused'],
  [400, 'refused'],
  [401, 'signed-out'],
  [402, 'refused'],
  [404, 'refused'],
  [408, 'unknown'],
  [409, 'refused'],
  [426, 'refused'],
  [429, 'limited'],
  [500, 'unknown'],
  [502, 'unknown'],
  [503, 'unknown'],
  [504, 'unknown'],
])('takes a bare %i for %s', (status, kind) => {
  expect(failureOfStatus({ status, headers: new Headers(), text: '' }, now)).toMatchObject({ kind });
});

test('keeps no more than a kilobyte of what a network said, and no half characters', () => {
  const { detail } = failure('refused', 'content_rejected', 'a'.repeat(1022) + '😀'.repeat(900));
  expect(detail.length).toBeLessThanOrEqual(1024);
  expect(detail.isWellFormed()).toBe(true);
});

test('counts a reset from what the network’s clock showed, and from ours where it says nothing', () => {
  const reset = { 'x-rate-limit-reset': String(Date.parse('2026-11-23T12:02:00Z') / 1000) };
  const waitOf = (headers: Record<string, string>): number | undefined =>
    failureOfStatus({ status: 429, headers: new Headers(headers), text: '' }, now).retryAfterMs;
  expect(waitOf(reset)).toBe(120_000);
  expect(waitOf({ ...reset, date: 'Mon, 23 Nov 2026 11:59:00 GMT' })).toBe(180_000);
  expect(waitOf({ ...reset, date: 'a while ago' })).toBe(120_000);
});

test('prefers Retry-After to a reset that says otherwise', () => {
  const headers = new Headers({ 'retry-after': '30', 'x-rate-limit-reset': '1795000000' });
  expect(failureOfStatus({ status: 429, headers, text: '' }, now).retryAfterMs).toBe(30_000);
});
