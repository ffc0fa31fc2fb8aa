import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMachine } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Ran } from './run.ts';

let at: Machine;
beforeAll(async () => {
  at = await startMachine();
});
afterAll(() => at[Symbol.asyncDispose]());

/** `standfirst sources …` on the machine of the server. */
const sources = (args: string[], input = ''): Promise<Ran> => at.run(['sources', ...args], input);

it('adds, lists, pauses, resumes, polls and removes a source of a running server', { timeout: 120_000 }, async () => {
  const added = await sources(['add', 'https://coast.example/feed', '--name', 'Coast', '--json']);
  expect(added.stderr).toBe('');
  const { id, ...rest } = JSON.parse(added.stdout) as { id: string };
  expect(rest).toMatchObject({ kind: 'feed', name: 'Coast', state: 'active' });
  const { code, stdout: paused } = await sources(['pause', id]);
  const [start, why] = paused.split('paused: ');
  expect([code, start]).toEqual([0, `${id}  feed  Coast  https://coast.example/feed  `]);
  // The machine's own name server says so, or does not answer at all.
  expect(why).toMatch(
    /^It could not be read now and is tried again: (No server is known under the name coast\.example: check the address|coast\.example took too long to answer: try again later)\.\n$/,
  );
  expect((await sources(['list'])).stdout).toBe(paused);
  expect(await sources(['poll', id])).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('is paused: resume it first'),
  });
  expect((await sources(['resume', id])).stdout).toMatch(/ {2}active, next at \d{4}-\d\d-\d\dT[\d:]{8}Z\n$/);
  expect(await sources(['poll', id])).toMatchObject({ code: 0 });
  expect(await sources(['remove', id])).toMatchObject({ code: 0, stdout: `${id} is removed.\n` });
  expect(await sources(['remove', id])).toMatchObject({ code: 4 });
});

it('adds lists of pages and sources that are pushed, with settings', { timeout: 60_000 }, async () => {
  const pages = ['add', '--kind', 'urls', '--name', 'Pages', '--settings', '-', '--json'];
  const made = await sources(pages, '{"urls": ["https://coast.example/tides"], "maxPerHour": 3}');
  expect(JSON.parse(made.stdout)).toMatchObject({ kind: 'urls', settings: { maxPerHour: 3 } });
  expect((await sources(['add', '--kind', 'push', '--name', 'Desk'])).stdout).toMatch(
    /^src_\S+ {2}push {2}Desk {2}- {2}active/,
  );
  for (const wrong of [['add'], ['add', '--kind', 'rss', 'x'], [...pages.slice(0, 3), '--settings', '-']])
    expect(await sources(wrong, '{')).toMatchObject({ code: 2, stdout: '' });
});

it('takes an OPML file in and gives one out', { timeout: 60_000 }, async () => {
  const opml = '<opml version="2.0"><body><outline text="Hills" xmlUrl="https://hills.example/rss"/></body></opml>';
  expect(await sources(['import', '-'], opml)).toMatchObject({
    code: 0,
    stdout: 'added  https://hills.example/rss\n1 of 1 added.\n',
  });
  expect((await sources(['export'])).stdout).toContain('xmlUrl="https://hills.example/rss"');
  expect(await sources(['import', '-'], 'no feeds')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('not OPML'),
  });
});
