import type { Figures } from '../../api/types.ts';

/** What became of the posts that were due in one stretch of time. Lateness in milliseconds. */
type Stretch = Figures['networks'][number]['stretches'][number];
export type Bucket = Omit<Stretch, 'from' | 'measured' | 'onTime'> & { readonly at: number };

const NONE = { published: 0, retried: 0, failed: 0, held: 0, medianMs: null, p95Ms: null, worstMs: null };

/** Every stretch of the span in order, also those in which nothing was due. @param network null: all together. */
export function bucketsOf({ from, to, stretchMs, networks }: Figures, network: string | null): Bucket[] {
  const start = new Date(from).getTime();
  const count = Math.round((new Date(to).getTime() - start) / stretchMs);
  const own = networks.find((one) => one.network === network)?.stretches ?? [];
  const known = new Map(own.map((one) => [Math.round((new Date(one.from).getTime() - start) / stretchMs), one]));
  return Array.from({ length: count }, (_, place) => ({ ...NONE, ...known.get(place), at: start + place * stretchMs }));
}
