import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { readSource, type Source } from './read-source.ts';
import { callRules, mayImport, packageRules, steps } from './rules.ts';

/** Every line of the project that is in the wrong room, as `file:line: sentence`. `root` is the project's folder. */
export function checkProject(root: string): string[] {
  const ids = networkIds(readIfThere(join(root, 'src/networks/registry.ts')));
  const files = ['config', 'src', 'workers'].flatMap((folder) =>
    globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] }),
  );
  const map = readIfThere(join(root, 'src/README.md'));
  const rooms = new Set(
    files.map(roomOf).filter((room) => room !== 'root' && !map.includes(`${room}/`) && !map.includes(`${room}.ts`)),
  );
  return [
    ...[...rooms].map((room) => `src/README.md:1: the room "${room}" is not on the map.`),
    ...files.toSorted().flatMap((file) => checkFile(file, readFileSync(join(root, file), 'utf8'), ids)),
  ];
}

/** What is wrong in one file; `file` is its path in the project, `ids` are the networks' ids. */
export function checkFile(file: string, text: string, ids: readonly string[]): string[] {
  const room = roomOf(file);
  if (mayImport[room] === undefined) return [`${file}:1: "${room}" is no room of src/README.md.`];
  // Running text in JSX holds apostrophes, so the dashboard is read line by line.
  const source = room === 'dashboard' ? readLoosely(withoutKeyNames(text)) : readSource(text);
  const found: { line: number; sentence: string }[] = [];
  if (file.endsWith('.tsx') && room !== 'dashboard') {
    found.push({ line: 1, sentence: 'JSX lives in dashboard/ only: Node runs the rest as it stands.' });
  }
  for (const { value, line, isImport } of source.texts) {
    const sentence = isImport ? importFault(file, room, value) : literalFault(file, value, ids);
    if (sentence !== null) found.push({ line, sentence });
  }
  if (room !== 'dashboard') found.push(...callFaults(file, source));
  return found
    .toSorted((one, other) => one.line - other.line)
    .map(({ line, sentence }) => `${file}:${line}: ${sentence}`);
}

/** The letter of a key on the keyboard, and the name of a declared power, are no network, though one may be called so. */
function withoutKeyNames(text: string): string {
  return text.replaceAll(/\bkeys: '[^'\n]*'|\bpowers\['\w+'\]/gu, '');
}

/** The ids of the networks, by the names of the files that the registry imports. */
export function networkIds(registry: string): string[] {
  return readSource(registry)
    .texts.filter(({ value, isImport }) => isImport && /^\.\/[\w-]+\.ts$/u.test(value) && value !== './network.ts')
    .map(({ value }) => value.slice(2, -3));
}

/** `src/text/words.ts` → `text`; `src/context-http.ts` → `context`; `config/env.ts` → `config`; `src/version.ts` → `root`. */
function roomOf(file: string): string {
  const [top = '', second = '', ...rest] = file.split('/');
  if (top !== 'src') return top;
  if (rest.length > 0) return second;
  const name = second.replace(/\.tsx?$/u, '');
  if (name.startsWith('context-')) return 'context';
  return mayImport[name] === undefined ? 'root' : name;
}

function importFault(file: string, room: string, target: string): string | null {
  if (!target.startsWith('.')) {
    const rule = packageRules.find(({ packages, home }) => packages.test(target) && !home.test(file));
    return rule === undefined ? null : `imports ${target}: ${rule.sentence}`;
  }
  const path = posix.join(posix.dirname(file), target);
  const other = roomOf(path);
  if (path === 'package.json') return null;
  if (other !== room) {
    return mayImport[room]?.includes(other) === true ? null : `${room} may not import ${other} (${path}).`;
  }
  const [from, to] = [file, path].map((one) => posix.basename(one, '.ts'));
  const isStep = room === 'pipeline' && steps.includes(from ?? '') && steps.includes(to ?? '');
  return isStep ? `the step ${from} imports the step ${to}: commit, then ring the next job by name.` : null;
}

function literalFault(file: string, value: string, ids: readonly string[]): string | null {
  if (file.startsWith('src/networks/') || !ids.includes(value)) return null;
  return `names the network "${value}": ask for a declared power instead.`;
}

function callFaults(file: string, { code, texts }: Source): { line: number; sentence: string }[] {
  const rules = callRules.filter(({ home }) => !home.test(file));
  const isQueue = texts.some(({ value, isImport }) => isImport && value === 'bullmq');
  return code.split('\n').flatMap((words, index) => {
    const sentences = rules.filter(({ pattern }) => pattern.test(words)).map(({ sentence }) => sentence);
    if (isQueue && /\bbackoff\s*:|\battempts\s*:(?!\s*1\b)/u.test(words)) {
      sentences.push('our own attempts are the one retry system: BullMQ gets attempts: 1 and no backoff.');
    }
    if (isQueue && /\blimiter\s*:|\bsetGlobalRateLimit\b/u.test(words)) {
      sentences.push(
        'a limiter of BullMQ holds up every account of a queue: an account that is limited waits by its row.',
      );
    }
    return sentences.map((sentence) => ({ line: index + 1, sentence }));
  });
}

function readLoosely(text: string): Source {
  const texts = text.split('\n').flatMap((words, index) =>
    [...words.matchAll(/(\b(?:from|import)\s*\(?\s*)?(['"])([^'"]*)\2/gu)].map(([, lead, , value = '']) => ({
      value,
      line: index + 1,
      isImport: lead !== undefined,
    })),
  );
  return { code: '', texts };
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
