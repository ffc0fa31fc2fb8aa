import type { Post } from '../../api/types.ts';

/** What happened in one interval of time. Lateness in milliseconds. */
export interface Bucket {
  readonly at: number;
  readonly published: number;
  readonly failed: number;
  readonly median: number | null;
  readonly p95: number | null;
  readonly worst: number | null;
}

/** Cuts a span of time into `count` equal intervals and measures what went out, and what failed, in each. */
export function bucketsOf(
  sent: readonly Post[],
  failed: readonly Post[],
  from: number,
  to: number,
  count: number,
): Bucket[] {
  const step = (to - from) / count;
  const late: number[][] = Array.from({ length: count }, () => []);
  const published = Array.from({ length: count }, () => 0);
  const broken = Array.from({ length: count }, () => 0);
  const place = (at: string | null): number => {
    const time = at === null ? NaN : new Date(at).getTime();
    return time >= from && time < to ? Math.floor((time - from) / step) : -1;
  };
  for (const post of sent) {
    const index = place(post.publishedAt);
    if (index < 0) continue;
    published[index] = (published[index] ?? 0) + 1;
    if (post.latenessMs !== null) late[index]?.push(post.latenessMs);
  }
  for (const post of failed) {
    const index = place(post.dueAt);
    if (index >= 0) broken[index] = (broken[index] ?? 0) + 1;
  }
  return late.map((values, index) => {
    const sorted = values.toSorted((a, b) => a - b);
    return {
      at: from + index * step,
      published: published[index] ?? 0,
      failed: broken[index] ?? 0,
      median: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
      worst: sorted.at(-1) ?? null,
    };
  });
}

/** Nearest-rank quantile of sorted values; null for none. */
export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted.length === 0 ? null : (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null);
}
