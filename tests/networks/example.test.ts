import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contract } from './contract.ts';
import { fixture } from './example/fixture.ts';
import { harbourBoard } from './example/harbour-board.ts';

describe('the network that CONTRIBUTING adds', () => contract(harbourBoard, fixture));

describe('CONTRIBUTING', () => {
  const page = readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');

  it.each(['harbour-board.ts', 'fixture.ts'])('prints %s as the suite runs it', (name) => {
    const [, block = ''] = page.split(`\`\`\`ts ${name}\n`);
    const printed = block
      .split(/^ *```$/m, 1)[0]
      ?.replaceAll(/^ {3}/gm, '')
      .trimEnd();
    const file = readFileSync(new URL(`example/${name}`, import.meta.url), 'utf8');
    expect(printed).toBe(file.replaceAll('../../../src/networks/', './').trimEnd());
  });

  it('names commands that there are', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...page.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(named).toContain('types');
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});
