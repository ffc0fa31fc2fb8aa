import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../src/dashboard/', import.meta.url));

/** These measure how long something takes, or compare the two clocks. */
const MAY: ReadonlySet<string> = new Set(['api/server-clock.ts', 'api/client.ts', 'shell/undo.tsx']);

it('the dashboard asks no other clock for the present than the server’s', () => {
  const asks = globSync('**/*.{ts,tsx}', { cwd: folder }).filter(
    (file) => !MAY.has(file) && /Date\.now\(\)|new Date\(\)/.test(readFileSync(`${folder}${file}`, 'utf8')),
  );
  expect(asks).toEqual([]);
});
