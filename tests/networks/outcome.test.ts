import { expect, test } from 'vitest';
import { Refusal } from '../../src/domain/errors.ts';
import { failure, failureOfError, failureOfStatus } from '../../src/networks/outcome.ts';

const now = new Date('2026-11-23T12:00:00Z');

function errorWith(code: string, more: Record<string, unknown> = {}): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`went wrong: ${code}`), { code, ...more }) });
}

test.each([
  ['ECONNREFUSED', {}, 'down'],
  ['ENOTFOUND', {}, 'down'],
  ['EAI_AGAIN', {}, 'down'],
  ['UND_ERR_CONNECT_TIMEOUT', {}, 'down'],
  ['CERT_HAS_EXPIRED', {}, 'down'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', {}, 'down'],
  ['ETIMEDOUT', { syscall: 'connect' }, 'down'],
  ['ETIMEDOUT', { syscall: 'read' }, 'unknown'],
  ['EHOSTUNREACH', { syscall: 'connect' }, 'down'],
  ['ECONNRESET', {}, 'unknown'],
  ['EPIPE', {}, 'unknown'],
  ['UND_ERR_SOCKET', {}, 'unknown'],
  ['UND_ERR_HEADERS_TIMEOUT', {}, 'unknown'],
  ['SOMETHING_NEW', {}, 'unknown'],
])('takes %s %o for %s', (code, more, kind) => {
  expect(failureOfError(errorWith(code, more))).toMatchObject({ kind, code });
});

test('says what a guard refused in the guard’s own words', () => {
  const error = new TypeError('fetch failed', { cause: new Refusal('not-allowed', '10.0.0.1 is a private address.') });
  expect(failureOfError(error)).toEqual({
    kind: 'refused',
    cause: 'blocked_host',
    detail: '10.0.0.1 is a private address.',
  });
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

test('prefers Retry-After to a reset that says otherwise', () => {
  const headers = new Headers({ 'retry-after': '30', 'x-rate-limit-reset': '1795000000' });
  expect(failureOfStatus({ status: 429, headers, text: '' }, now).retryAt).toEqual(new Date('2026-11-23T12:00:30Z'));
});
