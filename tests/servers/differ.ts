// Prints the test files that may go otherwise where no Redis and PostgreSQL can be started: node tests/servers/differ.ts
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { readSource } from '../rooms/read-source.ts';

/** What it gives is the same with and without servers, or left out without them. */
const SAME = new Set(['backends.ts', 'data-folder.ts', 'shared-browser.ts']);

/**
 * Follows what each test file imports and which programs it names. Left out is only what asks for no server, or for a suite
 * on each backend or an embedded database and nothing else: an embedded suite is the same everywhere, and the others are
 * not run at all. Whoever asks in another way, or imports what cannot be followed, is among the answers.
 * @param root the folder that holds `tests`. @returns paths from there, in order.
 */
export function filesThatDiffer(root: string): string[] {
  const servers = join(root, 'tests', 'servers');
  const known = new Map<string, Step>();
  const stepOf = (file: string): Step => {
    const step = known.get(file) ?? read(file, root);
    known.set(file, step);
    return step;
  };
  const differs = (file: string, seen: Set<string>): boolean => {
    if (dirname(file) === servers) return !SAME.has(basename(file));
    if (seen.has(file)) return false;
    seen.add(file);
    const { isOpen, next } = stepOf(file);
    return isOpen || next.some((one) => differs(one, seen));
  };
  return readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join('tests', file))
    .filter((file) => differs(join(root, file), new Set()))
    .toSorted();
}

interface Step {
  /** What it does cannot be told from what it imports. */
  readonly isOpen: boolean;
  readonly next: readonly string[];
}

const COMPUTED_IMPORT = /\bimport\s*\((?!\s*\))/gu;
/** Any file of a folder: import(`./folder/${name}.ts`). */
const IMPORT_FROM_FOLDER = /\bimport\s*\(\s*`(\.[^`$]*)\/\$\{[^}`]*\}(\.[^`$/]*)`\s*\)/gu;

function read(file: string, root: string): Step {
  if (!/\.m?tsx?$/u.test(file)) return { isOpen: false, next: [] };
  const source = readFileSync(file, 'utf8');
  const { code, texts } = readSource(source);
  const folders = [...source.matchAll(IMPORT_FROM_FOLDER)].map(([, folder = '', ending = '']) =>
    filesIn(resolve(dirname(file), folder), ending),
  );
  const imported = texts
    .filter(({ value, isImport }) => isImport && value.startsWith('.'))
    .map(({ value }) => resolve(dirname(file), value));
  const named = texts
    .filter(({ value, isImport }) => !isImport && /^[\w./-]+\.m?[tj]s$/u.test(value))
    .flatMap(({ value }) => [resolve(dirname(file), value), resolve(root, value)])
    .filter(isFile);
  const isOpen =
    [...code.matchAll(COMPUTED_IMPORT)].length > folders.length ||
    texts.some(({ value }) => value === 'TEST_SERVERS') ||
    !imported.every(isFile);
  return { isOpen, next: [...imported.filter(isFile), ...named, ...folders.flat()] };
}

function filesIn(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

// Where node.mjs imports it, it is not the main module, but still what was asked for.
if (process.argv[1] === import.meta.filename)
  for (const file of filesThatDiffer(resolve(import.meta.dirname, '../..'))) console.log(file);
