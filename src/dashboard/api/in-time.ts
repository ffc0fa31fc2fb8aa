/** A connection that broke while the machine slept may take minutes to say so. */
const PATIENCE_MS = 15_000;

/** Waits for work to end, well or not, but no longer than somebody would. Never throws. */
export async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
