/** How far the server's clock is ahead of this one, as far as its answers tell. */
let aheadMs = 0;

/** Reads the server's clock off an answer. That tells whole seconds: what they allow stays, so that the present does not jump. */
export function noteClock(reply: Pick<Response, 'headers'>): void {
  const least = Date.parse(reply.headers.get('date') ?? '') - Date.now();
  if (!Number.isNaN(least)) aheadMs = Math.min(Math.max(aheadMs, least), least + 999);
}

/** The present by the server's clock, which is the one that decides: right to a second. */
export function serverNow(): number {
  return Date.now() + aheadMs;
}
