/**
 * How a fake network behaves towards a request that posts. Everything else it answers as usual, unless `scope` is `all`.
 * Modes that begin with `accept` take the post and then spoil the answer; `reset`, `hang` and `500` take nothing, and neither
 * do those of a hostile server: `redirect` points inside, `huge` does not end, `echo` repeats what it was sent. What comes
 * while it is `held` is looked at once the mode is another.
 */
export const modeNames = [
  'ok',
  'slow',
  'held',
  'reset',
  'accept-then-reset',
  'accept-then-500',
  'accept-then-504',
  'accept-then-hang',
  'hang',
  '500',
  '503',
  '429',
  '401',
  '403',
  '422',
  'duplicate',
  'cut-body',
  'html-instead-of-json',
  'refuse',
  'redirect',
  'huge',
  'echo',
] as const;

export type ModeName = (typeof modeNames)[number];

export interface Mode {
  readonly name: ModeName;
  /** For `slow`: milliseconds before the request is looked at. */
  readonly ms?: number;
  /** For `429`: what the answer says about when to come back; without it, nothing. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How many posting requests are answered as usual before it begins. */
  readonly after?: number;
  /** How many posting requests the mode lasts; then `ok`. Without it, until changed. */
  readonly times?: number;
  readonly scope?: 'posts' | 'all';
}

/** Reads `slow:50` or `429` from a command line. */
export function modeOf(text: string): Mode {
  const [name, ms] = text.split(':');
  if (!modeNames.includes(name as ModeName)) {
    throw new Error(`Mode "${text}" is none of: ${modeNames.join(', ')}.`);
  }
  return { name: name as ModeName, ...(ms === undefined ? {} : { ms: Number(ms) }) };
}
