/** `$0.015`, `$1.20`: what networks charge, which is told in millionths of a US dollar. */
export function dollarsOf(microUsd: number): string {
  const dollars = microUsd / 1_000_000;
  const digits = dollars !== 0 && Math.abs(dollars) < 0.1 ? 3 : 2;
  return `$${dollars.toFixed(digits)}`;
}
