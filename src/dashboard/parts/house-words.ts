import type { HouseRules } from '../../domain/house-rules.ts';

/** What the house itself puts on its posts: signatures, and what its templates say between their places. The longest first. */
export function houseWords({ signatures, templates }: Pick<HouseRules, 'signatures' | 'templates'>): string[] {
  const said = [...Object.values(templates), ...Object.values(signatures)].flatMap((form) => form.split(/\{\w+\}|\n/u));
  const words = new Set(said.map((one) => one.trim()).filter((one) => /\p{L}{2}/u.test(one)));
  return [...words].sort((a, b) => b.length - a.length);
}
