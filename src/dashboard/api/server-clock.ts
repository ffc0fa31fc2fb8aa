/**
 * The server's clock is the one that decides, and it may be another than this machine's. An answer tells it in whole seconds,
 * between the moment it was asked for and the moment it came: each narrows what can be, and none makes the present jump.
 */

/** A busy server writes its date some moments old. */
const SLACK_MS = 2_000;
/** From here on a reader would see another minute. */
const MOVED_MS = 1_000;

/** By how much the server's clock is ahead of this one, at least and at most, as its answers tell. */
let known = { least: -Infinity, most: Infinity };
let aheadMs = 0;

/** Says `moved` when the present is another than was thought. */
export const clockEvents = new EventTarget();

/** Reads the server's clock off an answer. @param askedAt by this machine's clock. */
export function noteClock(reply: Pick<Response, 'headers'>, askedAt: number): void {
  const told = Date.parse(reply.headers.get('date') ?? '');
  if (Number.isNaN(told)) return;
  const now = { least: told - Date.now(), most: told + 999 + SLACK_MS - askedAt };
  if (now.least > now.most) return;
  const both = { least: Math.max(known.least, now.least), most: Math.min(known.most, now.most) };
  // What cannot be so any more: one of the clocks was set.
  known = both.least > both.most ? now : both;
  const before = aheadMs;
  aheadMs = Math.min(Math.max(aheadMs, known.least), known.most);
  if (Math.abs(aheadMs - before) > MOVED_MS) clockEvents.dispatchEvent(new Event('moved'));
}

/** The present by the server's clock, in milliseconds: right to some seconds. */
export function serverNow(): number {
  return onServerClock(Date.now());
}

/** The present by the server's clock: what is typed and what is shown is meant by it. */
export function present(): Date {
  return new Date(serverNow());
}

/** A moment that was read off this machine's clock, by the server's. */
export function onServerClock(at: number): number {
  return at + aheadMs;
}

/** By how much this machine's clock is wrong: ahead of the server's where it is above 0. */
export function offMs(): number {
  return -aheadMs;
}
