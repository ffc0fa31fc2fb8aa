import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { networks } from '../../src/networks/registry.ts';
import { networksTable } from '../../src/networks/table.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const cellsOf = (line: string): string[] => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));

test('stands in the README as it is: after a change of a network paste what `npx standfirst networks` prints', () => {
  const between = /<!-- networks -->\n+([\s\S]*?)\n+<!-- \/networks -->/.exec(readme)?.[1] ?? '';
  // Formatting pads the cells.
  const rows = between.split('\n').map((line) => line.replace(/ +/g, ' ').replace(/-{3,}/g, '---'));
  expect(rows.join('\n')).toBe(networksTable(networks));
});

test('has a row for every network but our own, and a cell in every column', () => {
  const [header = '', , ...rows] = networksTable(networks).split('\n');
  const outside = networks.filter(({ profile }) => profile.isOwn !== true);
  expect(rows.map((row) => cellsOf(row)[0]).filter((name) => !name?.includes(','))).toEqual(
    outside.map(({ profile }) => profile.name),
  );
  for (const row of rows) {
    expect(cellsOf(row)).toHaveLength(cellsOf(header).length);
    expect(cellsOf(row)).not.toContain('');
  }
});

test('has a row of its own for a way to connect that can do less', () => {
  const rows = networksTable(networks).split('\n').map(cellsOf);
  const rowOf = (name: string): string[] => rows.find(([first]) => first === name) ?? [];
  expect(rowOf('Slack').slice(2)).toEqual([
    '4, described',
    'part by part',
    'by the network',
    'edit, remove',
    'looked up by its key',
    '`botToken` `channel`',
    'nothing',
  ]);
  expect(rowOf('Slack, incoming webhook').slice(2)).toEqual([
    'none',
    'message after message',
    'by the network',
    'neither',
    'a person decides',
    '`webhookUrl`',
    'nothing',
  ]);
});

test('says what a post costs, how long it may be, and that a person decides where nobody can be asked', () => {
  const rowOf = (name: string): string =>
    networksTable(networks)
      .split('\n')
      .find((line) => line.startsWith(`| ${name} |`)) ?? '';
  expect(rowOf('X')).toContain('280 weighted characters, a link 23');
  expect(rowOf('X')).toContain('$0.015, with a link $0.20');
  expect(rowOf('X')).toContain('consent in the browser, or ');
  expect(rowOf('Telegram')).toContain('a person decides');
  expect(rowOf('Telegram')).toContain('nothing |');
});
