/**
 * Asks at a steady rate, each when it is its time, however long the others take.
 * @param warmUpS seconds at the start that do not count.
 * @returns what each request took in milliseconds, from when it was to be sent.
 */
export async function steadily(
  perSecond: number,
  seconds: number,
  ask: (n: number) => Promise<void>,
  warmUpS = 1,
): Promise<number[]> {
  const one = async (n: number, at: number): Promise<number> => {
    await new Promise((resolve) => setTimeout(resolve, at - performance.now()));
    await ask(n);
    return performance.now() - at;
  };
  const from = performance.now() + 100;
  const total = perSecond * (seconds + warmUpS);
  const all = await Promise.all(Array.from({ length: total }, (_, n) => one(n, from + (n * 1000) / perSecond)));
  return all.slice(perSecond * warmUpS);
}
