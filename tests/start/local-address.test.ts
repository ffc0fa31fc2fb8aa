import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepLocalAddress, readLocalAddress } from '../../src/local-address.ts';
import { standfirst } from '../cli/run.ts';
import { startServer } from '../faults/processes.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'standfirst-address-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

it.each([
  ['http://127.0.0.1:40123', 'http://localhost:40123'],
  ['http://0.0.0.0:8484', 'http://localhost:8484'],
  ['http://[::]:8484', 'http://localhost:8484'],
  ['http://192.0.2.7:8484', 'http://192.0.2.7:8484'],
])('says of a server at %s that this machine reaches it at %s', (address, said) => {
  keepLocalAddress(dataDir, address);
  expect(readLocalAddress(dataDir)).toBe(said);
});

it('is taken back by the server that said it, and by no other', () => {
  const forgetFirst = keepLocalAddress(dataDir, 'http://127.0.0.1:1001');
  const forgetSecond = keepLocalAddress(dataDir, 'http://127.0.0.1:1002');
  forgetFirst();
  expect(readLocalAddress(dataDir)).toBe('http://localhost:1002');
  forgetSecond();
  expect(readLocalAddress(dataDir)).toBeNull();
});

it('is no address where the file holds something else', () => {
  writeFileSync(join(dataDir, 'address'), 'somewhere\n');
  expect(readLocalAddress(dataDir)).toBeNull();
});

it('lets the command line find a server whose port was chosen freely', { timeout: 120_000 }, async () => {
  const env = { PORT: '0', STANDFIRST_DATA: dataDir };
  const server = await startServer(env);
  const list = await standfirst(['accounts', 'list'], { env: { STANDFIRST_DATA: dataDir } });
  const free = await standfirst(['posts', 'list'], { env });
  await server.stop();
  expect([list.code, list.stdout]).toEqual([0, expect.stringContaining('sandbox')]);
  expect([free.code, free.stderr]).toEqual([0, '']);
  const gone = await standfirst(['posts', 'list'], { env });
  expect(gone).toMatchObject({ code: 69, stdout: '' });
  expect(gone.stderr).toMatch(
    /^No server runs with the data folder .*, and PORT=0 names none: start it .*--server\.\n$/,
  );
});
