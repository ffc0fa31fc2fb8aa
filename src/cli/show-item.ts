import { Refusal } from '../domain/errors.ts';

/** Most characters of one value in a line that a person reads. */
const MOST = 80;

/** Prints an item: as JSON, or its flat values in one line, its id first; as JSON after all where it has none. */
export function showItem(item: unknown, { json }: { readonly json?: boolean }): void {
  process.stdout.write(`${json === true ? JSON.stringify(item) : lineOf(item)}\n`);
}

/** Prints server-sent events as they come, each its data in one line, until the server or the reader ends. */
export async function showEvents(answer: Response, options: { readonly json?: boolean }): Promise<void> {
  let left = '';
  const decoder = new TextDecoder();
  for await (const bytes of bytesOf(answer)) {
    const lines = (left + decoder.decode(bytes, { stream: true })).split('\n');
    left = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data:')) showItem(JSON.parse(line.slice('data:'.length)), options);
  }
}

/** Prints a file as it comes. */
export async function passOn(answer: Response): Promise<void> {
  for await (const bytes of bytesOf(answer)) process.stdout.write(bytes);
}

async function* bytesOf(answer: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* answer.body ?? [];
  } catch (cause) {
    throw new Refusal('unavailable', 'The answer broke off before its end: ask again.', [], { cause });
  }
}

function lineOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return short(item) ?? '';
  const { id, ...rest } = item as Record<string, unknown>;
  const named = Object.entries(rest).flatMap(([name, value]) => {
    const text = short(value);
    return text === null ? [] : [`${name} ${text}`];
  });
  const words = [...(typeof id === 'string' ? [id] : []), ...named].join('  ');
  return words === '' ? JSON.stringify(item) : words;
}

/** @returns null for what is empty, or deeper than a line can show. */
function short(value: unknown): string | null {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return short(value.join(' '));
  if (!['string', 'number', 'boolean'].includes(typeof value) || value === '') return null;
  // Foreign text does not move the cursor of a terminal.
  const text = String(value).replace(/[\p{C}\s]+/gu, ' ');
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}
