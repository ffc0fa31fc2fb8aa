import { expect, it } from 'vitest';
import { linesOf } from '../../src/cli/lines.ts';

async function* inChunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function read(text: string, size = 7, longest?: number): Promise<(string | null)[]> {
  const lines: (string | null)[] = [];
  for await (const line of linesOf(inChunks(text, size), longest)) lines.push(line);
  return lines;
}

it.each([1, 2, 3, 5, 1000])(
  'ends a line at a line feed only, wherever the bytes were cut (%i at a time)',
  async (size) => {
    const lines = ['{"id":1,"text":"a\u2028b\u2029c\u0085d\u000be"}', '', 'Łódź 🌉\r', 'last'];
    expect(await read(lines.join('\n'), size)).toEqual(lines);
  },
);

it('has no empty line after the last line feed, and none of nothing', async () => {
  expect(await read('one\ntwo\n')).toEqual(['one', 'two']);
  expect(await read('')).toEqual([]);
});

it('takes a byte order mark off the first line, and off no other', async () => {
  expect(await read('\ufeff{"id":1}\n\ufeff{"id":2}')).toEqual(['{"id":1}', '\ufeff{"id":2}']);
});

it('keeps the place of a line that is too long, and reads those after it', async () => {
  expect(await read(`one\n${'x'.repeat(21)}\n${'y'.repeat(20)}\ntwo`, 4, 20)).toEqual([
    'one',
    null,
    'y'.repeat(20),
    'two',
  ]);
});
