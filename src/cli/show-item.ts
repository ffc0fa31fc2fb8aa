import { Refusal } from '../domain/errors.ts';
import { blockOf, lineOf } from './describe-item.ts';

/** How an item is shown: as JSON, one object a line, or for people. */
export interface Shown {
  readonly json?: boolean;
  /** What it is one of, e.g. `posts`: that decides what is said of it. */
  readonly noun?: string;
  /** `one` of many, in a line; what an action `left`, in a line without a cut, for a link or a secret may be in it; or `whole`. */
  readonly as?: 'one' | 'left' | 'whole';
}

/** Prints an item. */
export function showItem(item: unknown, { json, noun, as = 'one' }: Shown): void {
  const words = (): string =>
    as === 'whole' ? blockOf(item) : lineOf(item, noun, as === 'left' ? Infinity : undefined);
  process.stdout.write(`${json === true ? JSON.stringify(item) : words()}\n`);
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
