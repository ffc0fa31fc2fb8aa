/** Posts that this browser has just changed itself: what is kept still for others' changes may move for these. */
const own = new Map<string, ReturnType<typeof setTimeout>>();
/** As long as a change can be taken back, and its echoes come in. */
const KEPT_MS = 12_000;

export function noteOwn(id: string): void {
  clearTimeout(own.get(id));
  own.set(
    id,
    setTimeout(() => own.delete(id), KEPT_MS),
  );
}

export function isOwn(id: string): boolean {
  return own.has(id);
}
