import { Refusal } from '../domain/errors.ts';
import type { RefusalReason } from '../domain/errors.ts';
import { SecretError } from '../secrets/keyring.ts';

/** 2: what was given is wrong; 3: not allowed; 4: not found; 5: conflict; 69: unavailable, worth trying again. */
const exitCodes: Record<RefusalReason, number> = {
  invalid: 2,
  'too-large': 2,
  'not-allowed': 3,
  'signed-out': 3,
  'not-found': 4,
  conflict: 5,
  'stale-version': 5,
  'too-many': 69,
  unavailable: 69,
};

/** The exit code that says what a caller should do about an error; 1 for a defect of ours. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof SecretError) return exitCodes.invalid;
  return error instanceof Refusal ? exitCodes[error.reason] : 1;
}

/** What standard error gets: the sentence of a refusal, or the whole of a defect. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Refusal || error instanceof SecretError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
