import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, expect, it } from 'vitest';
import { check } from './check.ts';
import { ClockHistory } from './clock.ts';
import { noFault } from './rows.ts';
import { faultsOf } from './row.ts';

/** The checker over logs that are written here: what a broken product would leave behind has to fail every row. */

const folder = mkdtempSync(join(tmpdir(), 'standfirst-check-'));
const logFile = join(folder, 'accepted.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const DUE = Date.parse('2026-11-02T09:00:00Z');
const queued = [{ id: 'post_1', key: '7 Run: 0', askedFor: DUE }];
const sent = { account: '7', text: 'Run: 0', at: DUE + 5 };
const published = {
  id: 'post_1',
  state: 'published',
  dueAt: new Date(DUE),
  latenessMs: 5,
  firstSentAt: new Date(DUE + 2),
};

/** What is wrong with one post, whose row and whose entries at the network these are. */
async function wrongWith(row: object, entries: readonly object[]): Promise<string[]> {
  writeFileSync(logFile, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  const client = { query: async () => ({ rows: [{ ...published, ...row }] }) } as unknown as pg.Client;
  const evidence = { logFiles: [logFile], history: queued, starts: new Map(), clock: new ClockHistory(), endedAt: DUE };
  return faultsOf(noFault, await check(client, queued, evidence));
}

it('finds nothing where the post went out once, at its time, as it was, or as an editor has made it', async () => {
  expect(await wrongWith({}, [sent])).toEqual([]);
  expect(await wrongWith({}, [{ ...sent, text: 'Run: 0 again' }])).toEqual([]);
});

it.each<[string, object, readonly object[]]>([
  ['1 lost, gate 0', { state: 'scheduled' }, []],
  ['1 sent twice, gate 0', {}, [sent, { ...sent, at: DUE + 900 }]],
  ['1 early, gate 0', { firstSentAt: new Date(DUE - 60) }, [{ ...sent, at: DUE - 50 }]],
  ['1 called published, never accepted, gate 0', {}, []],
  ['1 accepted, not recorded before, gate 0', { firstSentAt: new Date(DUE + 700) }, [sent]],
  ['1 in doubt though the network has them, gate 0', { state: 'unknown' }, [sent]],
])('says "%s"', async (sentence, row, entries) => {
  expect(await wrongWith(row, entries)).toContain(sentence);
});

it('sees a post that left before the time it was asked for, whatever our database says of that time', async () => {
  const hourEarly = DUE - 3_600_000;
  const row = { dueAt: new Date(hourEarly), firstSentAt: new Date(hourEarly) };
  expect(await wrongWith(row, [{ ...sent, at: hourEarly + 5 }])).toContain('1 early, gate 0');
});

it.each([
  ['in other words', { ...sent, text: 'also Run: 0' }],
  ['with something behind its words', { ...sent, text: 'Run: 0 and more' }],
  ['on the account of another', { ...sent, account: '8' }],
])('sees a second post %s', async (_, stranger) => {
  expect(await wrongWith({}, [sent, stranger])).toEqual([expect.stringMatching(/^1 .*, gate 0$/)]);
});
