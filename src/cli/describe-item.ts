import { harmless } from './print.ts';

/** What is said of an item of these nouns in its line, and which of its fields below it; of other nouns, every flat value. */
const nouns: Readonly<Record<string, { readonly line: readonly string[]; readonly below: readonly string[] }>> = {
  posts: {
    line: ['state', 'held', 'dueAt', 'publishedAt', 'network', 'accountId', 'reason', 'url'],
    below: ['parts', 'failure'],
  },
  corrections: { line: ['state', 'storyTitle', 'createdAt', 'doneAt'], below: ['posts'] },
};

/** Most characters of one value in a line that a person reads. */
const MOST = 80;
const INDENT = '  ';

/**
 * An item of a list for people: one line, its id first, or whole where it has none that more could be asked by; below it, indented, what its noun is about: the texts of a post, the
 * plan of a correction.
 * @param most characters of one value.
 */
export function lineOf(item: unknown, noun?: string, most = MOST): string {
  if (!isRecord(item)) return shortOf(item, most) ?? '';
  const chosen = Object.hasOwn(nouns, noun ?? '') ? nouns[noun ?? ''] : undefined;
  const { id, ...rest } = item;
  if (Array.isArray(rest['results'])) return rest['results'].map((one) => resultOf(one, most)).join('\n');
  if (id === undefined && Object.values(rest).some(isDeep)) return blockOf(item);
  const names = chosen?.line ?? Object.keys(rest);
  const named = names.flatMap((name) => {
    const text = chosen !== undefined && rest[name] === false ? null : shortOf(rest[name], most);
    return text === null ? [] : [`${name} ${text}`];
  });
  const line = [...(typeof id === 'string' ? [id] : []), ...named].join(INDENT);
  if (line === '') return blockOf(item);
  const below = (chosen?.below ?? []).flatMap((name) => linesBelow(rest[name]));
  return [line, ...below.map((text) => `${INDENT}${text}`)].join('\n');
}

/** One thing for people, whole: a line for each value, what is inside it indented below its name. */
export function blockOf(item: unknown): string {
  return isRecord(item) ? linesOf(item).join('\n') : (inlineOf(item) ?? '');
}

/** What became of one of many in a bulk action: what it is now, or why it was refused. */
function resultOf(result: unknown, most: number): string {
  if (!isRecord(result)) return '';
  const { id, problem, post } = result;
  if (isRecord(problem)) return lineOf({ id, refused: problem['detail'] }, undefined, most);
  return isRecord(post) ? lineOf(post, 'posts', most) : lineOf({ id, state: 'done' });
}

function linesBelow(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => (isRecord(one) ? linesBelow(one) : []));
  if (!isRecord(value)) return [];
  const { text, sentence, ...rest } = value;
  // The words of a post, and of what went wrong, say for themselves what they are.
  const said = [text, sentence].find((one) => typeof one === 'string');
  return said === undefined ? linesOf(rest) : harmless(said).split('\n');
}

function linesOf(item: Readonly<Record<string, unknown>>): string[] {
  const filled = Object.entries(item).filter(([, value]) => !isEmpty(value));
  const inline = filled.flatMap(([name, value]) => (inlineOf(value) === null ? [] : [name.length]));
  const width = Math.max(0, ...inline);
  return filled.flatMap(([name, value]) => {
    const text = inlineOf(value);
    if (text !== null) return [`${harmless(name).padEnd(width)}${INDENT}${text}`];
    return [harmless(name), ...insideOf(value).map((line) => `${INDENT}${line}`)];
  });
}

function insideOf(value: unknown): string[] {
  if (typeof value === 'string') return harmless(value).split('\n');
  if (Array.isArray(value))
    return value.flatMap((one) => {
      const [first = '', ...others] = isRecord(one) ? linesOf(one) : insideOf(one);
      return [`- ${first}`, ...others.map((line) => `${INDENT}${line}`)];
    });
  return isRecord(value) ? linesOf(value) : [inlineOf(value) ?? ''];
}

/** @returns null for what needs lines of its own. */
function inlineOf(value: unknown): string | null {
  if (typeof value === 'string') return value.includes('\n') ? null : harmless(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const isOfWords = Array.isArray(value) && value.every((one) => typeof one !== 'object' && !/\s/.test(String(one)));
  return isOfWords ? harmless(value.join(', ')) : null;
}

/** @returns null for what is empty, or deeper than a line can show. */
function shortOf(value: unknown, most = MOST): string | null {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return shortOf(value.join(' '), most);
  if (!['string', 'number', 'boolean'].includes(typeof value) || value === '') return null;
  // Foreign text does not move the cursor of a terminal.
  const text = String(value).replace(/[\p{C}\s]+/gu, ' ');
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function isDeep(value: unknown): boolean {
  return !isEmpty(value) && typeof value === 'object' && shortOf(value) === null;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value !== 'object') return false;
  return Object.values(value).length === 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
