import { ApiError } from '../api/client.ts';
import type { GivenSchedule } from '../api/types.ts';
import type { AskedTime, RefusedTime } from './asked-time.ts';
import { askTimeAgain } from './dialogs.tsx';

/** Is called with what speaks against a time, instead of it being told as something that failed. */
export type OnRefused = (why: ApiError) => void;

const OF_TIME: ReadonlySet<string> = new Set(['in-the-past', 'too-far-ahead', 'skipped-time', 'ambiguous-time']);

/** Asks for a time and does something with it; where the server refuses the time, asks again with what was typed. */
export async function withTime(
  title: string,
  from: Date | null,
  use: (time: GivenSchedule, onRefused: OnRefused) => Promise<unknown>,
): Promise<void> {
  let refused: RefusedTime | null = null;
  do {
    const asked: AskedTime | null = await askTimeAgain(title, from, refused);
    if (asked === null) return;
    let why: ApiError | undefined;
    await use(asked.time, (error) => (why = error));
    refused = why === undefined ? null : { ...asked, why: why.problem };
  } while (refused !== null);
}

/** Whether it is the time that was refused, and nothing else. */
export function isOfTime(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  const { errors = [] } = error.problem;
  return errors.length > 0 && errors.every(({ code }) => OF_TIME.has(code));
}
