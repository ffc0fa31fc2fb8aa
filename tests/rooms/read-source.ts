/** What the room test needs of a TypeScript file: its code without comments and texts, and the texts by themselves. */
export interface Source {
  /** Same length and lines as the file; comments, texts and regular expressions are blanks. */
  readonly code: string;
  readonly texts: readonly { readonly value: string; readonly line: number; readonly isImport: boolean }[];
}

/**
 * Reads a TypeScript file without JSX. Not a parser: it knows comments, the three kinds of quotes, templates within
 * templates, and tells a regular expression from a division by what stands before the slash.
 */
export function readSource(file: string): Source {
  const code = [...file.replaceAll(/[^\n]/gu, (letter) => ' '.repeat(letter.length))];
  const texts: { value: string; line: number; isImport: boolean }[] = [];
  const braces: ('block' | 'template')[] = [];
  let line = 1;
  let at = 0;

  const blankUntil = (end: number): string => {
    const from = at;
    for (; at < end && at < file.length; at++) if (file[at] === '\n') line++;
    return file.slice(from, at);
  };
  const before = (): string =>
    code
      .slice(Math.max(0, at - 400), at)
      .join('')
      .trimEnd();
  const keep = (value: string, startLine: number, lead: string): void => {
    texts.push({ value, line: startLine, isImport: /\b(?:from|import)\s*\(?$/u.test(lead) });
  };
  const readTemplate = (): void => {
    const startLine = line;
    const lead = before();
    const from = at + 1;
    let end = from;
    while (end < file.length && file[end] !== '`' && !file.startsWith('${', end)) end += file[end] === '\\' ? 2 : 1;
    const isWhole = file[end] === '`' && file[at] === '`';
    if (file[end] === '`') blankUntil(end + 1);
    else {
      braces.push('template');
      blankUntil(end + 2);
    }
    if (isWhole) keep(file.slice(from, end), startLine, lead);
  };

  while (at < file.length) {
    const letter = file[at] ?? '';
    if (file.startsWith('//', at)) blankUntil(indexFrom(file, '\n', at));
    else if (file.startsWith('/*', at)) blankUntil(indexFrom(file, '*/', at) + 2);
    else if (letter === "'" || letter === '"') {
      const [startLine, lead] = [line, before()];
      keep(blankUntil(closing(file, at + 1, letter) + 1).slice(1, -1), startLine, lead);
    } else if (letter === '`') readTemplate();
    else if (letter === '/' && /(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of))$/u.test(before())) {
      blankUntil(closingSlash(file, at + 1) + 1);
    } else if (letter === '}' && braces.at(-1) === 'template') {
      braces.pop();
      readTemplate();
    } else {
      if (letter === '{') braces.push('block');
      if (letter === '}') braces.pop();
      if (letter === '\n') line++;
      code[at] = letter;
      at++;
    }
  }
  return { code: code.join(''), texts };
}

function indexFrom(file: string, mark: string, at: number): number {
  const found = file.indexOf(mark, at);
  return found === -1 ? file.length : found;
}

function closing(file: string, at: number, quote: string): number {
  while (at < file.length && file[at] !== quote) at += file[at] === '\\' ? 2 : 1;
  return at;
}

function closingSlash(file: string, at: number): number {
  let inClass = false;
  for (; at < file.length && file[at] !== '\n'; at++) {
    const letter = file[at];
    if (letter === '\\') at++;
    else if (letter === '[') inClass = true;
    else if (letter === ']') inClass = false;
    else if (letter === '/' && !inClass) return at;
  }
  return at;
}
