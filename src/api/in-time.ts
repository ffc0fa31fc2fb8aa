/** What `look` finds. @throws Error that says `late` where that takes longer than `ms`: a look that hangs is worse than one that fails. */
export async function inTime<Found>(ms: number, late: string, look: () => Promise<Found>): Promise<Found> {
  const { promise: isLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(late)), ms);
  try {
    return await Promise.race([look(), isLate]);
  } finally {
    clearTimeout(timer);
  }
}
