import { expect, it } from 'vitest';
import { faultAt, isIn, sentencesOf, toldOf } from '../../src/dashboard/api/told.ts';

const refusal = (status: number, errors: { pointer: string; code: string; message: string }[] = []) => ({
  type: '/problems/any',
  title: 'The request is not right',
  status,
  detail: `The request is not right: ${errors.map(({ pointer, message }) => `${pointer} ${message}`).join('; ')}.`,
  instance: '/v1/any',
  requestId: 'req-1',
  errors,
});

it.each([
  ['/settings/dailyCap', 'too-big', 'is over the most of 100', 'Most posts a day: is over the most of 100.'],
  ['/telling/mail/0', 'mail', 'is not a mail address', 'Mail addresses: is not a mail address.'],
  ['/slots/2/time', 'custom', 'is not a wall time', 'Slots: is not a wall time.'],
  ['/url', 'custom', 'is not an http or https URL', 'Address: is not an http or https URL.'],
  ['/unheard/of', 'custom', 'is empty', 'One of the fields is empty.'],
  [
    '/settings/dailyCap',
    'invalid-type',
    'must be an int',
    'Most posts a day: is missing, or is not of the kind that goes here.',
  ],
  ['/accounts/0', 'too-long', 'X text is 291 of 280.', 'X text is 291 of 280.'],
])('tells the fault at %s (%s) once, in words of its field', (pointer, code, message, sentence) => {
  const problem = refusal(400, [{ pointer, code, message }]);
  expect(toldOf(problem)).toMatchObject({ detail: sentence, faults: [] });
  expect(sentencesOf(problem)).toBe(sentence);
});

it('tells a conflict in the server’s sentence, and what it does not hold', () => {
  const detail = 'These are the credentials of another account. Sign in there as that account.';
  const errors = ['must be those of Harbour desk', 'Sign in there as that account.', 'X text is 291 of 280.'];
  const problem = refusal(
    409,
    errors.map((message) => ({ pointer: '/credentials', code: 'custom', message })),
  );
  expect(toldOf({ ...problem, detail })).toMatchObject({ detail, faults: ['X text is 291 of 280.'] });
});

it('lists several', () => {
  const errors = ['/name', '/url'].map((pointer) => ({ pointer, code: 'custom', message: 'is empty' }));
  expect(toldOf(refusal(400, errors))).toMatchObject({
    detail: '',
    faults: ['Name: is empty.', 'Address: is empty.'],
  });
});

it('leaves to its field what stands there already', () => {
  const problem = refusal(400, [
    { pointer: '/telling/mail/1', code: 'mail', message: 'is not a mail address' },
    { pointer: '/name', code: 'custom', message: 'is empty' },
  ]);
  expect(faultAt(problem, '/telling/mail')).toBe('is not a mail address');
  expect(faultAt(problem, '/telling/mailing')).toBeUndefined();
  const told = toldOf(problem, (pointer) => isIn(pointer, '/telling/mail'));
  expect(told).toMatchObject({ detail: 'See the fields that are marked.', faults: ['Name: is empty.'] });
});

it('says of a session that it has ended, and of a change that somebody made one', () => {
  expect(sentencesOf(refusal(401))).toBe('Your session has ended. Sign in again, then go on here.');
  expect(sentencesOf(refusal(412))).toBe('Somebody changed this meanwhile: look again.');
  expect(sentencesOf({ ...refusal(409), errors: undefined, detail: 'It is out already.' } as never)).toBe(
    'It is out already.',
  );
});
