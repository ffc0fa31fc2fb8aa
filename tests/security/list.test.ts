import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const rows = readFileSync(`${root}SECURITY.md`, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Advisory|Point) \|/.test(line))
  .map((line) => line.slice(2, -2).split(' | '))
  .map(([id = '', , heldBy = '']) => ({ id, heldBy }));

/** `file` › title of a test, or of one case of its table; the title ends where the next file or the row begins. */
const named = (heldBy: string) =>
  heldBy.split(/; (?=`tests\/)/).map((one) => {
    const [, file = '', title = ''] = /^`(tests\/[\w./-]+\.test\.ts)` › (.+?)\s*$/.exec(one) ?? [];
    return { one, file, title };
  });

describe('SECURITY.md', () => {
  it('has a row for every advisory and point, each once', () => {
    const ids = rows.flatMap(({ id }) => id.split(', '));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(rows.length).toBeGreaterThan(60);
  });

  it.each(rows)('names tests for $id that are there', ({ heldBy }) => {
    for (const { one, file, title } of named(heldBy)) {
      expect(title, one).not.toBe('');
      expect(existsSync(root + file), file).toBe(true);
      const text = readFileSync(root + file, 'utf8');
      const quoted = [`'${title}'`, `"${title}"`, `\`${title}\``];
      expect(
        quoted.some((literal) => text.includes(literal)),
        one,
      ).toBe(true);
    }
  });
});
