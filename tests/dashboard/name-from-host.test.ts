import { expect, it } from 'vitest';
import { nameFromHost } from '../../src/dashboard/parts/name-from-host.ts';

it.each([
  ['desk.lindmoor-herald.example', 'Lindmoor Herald'],
  ['social.thecourier.co.uk', 'Thecourier'],
  ['harbour.news', 'Harbour'],
  ['localhost', null],
  ['desk.localhost', null],
  ['192.168.1.20', null],
  ['[::1]', null],
  ['standfirst.example', null],
])('guesses the name of a newsroom that is reached at %s', (host, name) => {
  expect(nameFromHost(host)).toBe(name);
});
