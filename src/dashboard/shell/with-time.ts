import { ApiError } from '../api/client.ts';
import type { AskedTime, RefusedTime, WhyRefused } from './asked-time.ts';
import { askTime } from './dialogs.tsx';

/** Is called with what speaks against a time, instead of it being told as something that failed. */
export type OnRefused = (why: WhyRefused) => void;

const OF_TIME: ReadonlySet<string> = new Set(['in-the-past', 'too-far-ahead', 'skipped-time', 'ambiguous-time']);

/** Asks for a time and does something with it; where the time is refused, asks again with what was typed. */
export async function withTime(
  title: string,
  from: Date | null,
  use: (asked: AskedTime, onRefused: OnRefused) => Promise<unknown>,
): Promise<void> {
  let refused: RefusedTime | null = null;
  do {
    const asked: AskedTime | null = await askTime(title, from, refused);
    if (asked === null) return;
    let why: WhyRefused | undefined;
    await use(asked, (refusal) => (why = refusal));
    refused = why === undefined ? null : { ...asked, why };
  } while (refused !== null);
}

/** Whether it is the time that was refused, and nothing else. */
export function isOfTime(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  const { errors = [] } = error.problem;
  return errors.length > 0 && errors.every(({ code }) => OF_TIME.has(code));
}
