interface Scale {
  /** What the upper edge stands for. */
  readonly top: number;
  /** What is written beside the lines across, from below. */
  readonly ticks: readonly number[];
}

/**
 * An axis from 0 for counts or milliseconds, all of it in whole steps: its top is 2, 4 or a power of ten times that, so that the
 * half of it is whole too.
 * @param mark a goal or a capacity. It stretches the axis up to three times the highest value, and alone where there is none.
 */
export function scaleTo(highest: number, mark: number | null): Scale {
  const isNear = mark !== null && (highest === 0 || mark < highest * 3);
  const most = Math.max(2, highest, isNear ? mark : 0);
  const power = 10 ** Math.floor(Math.log10(most));
  const top = ([1, 2, 4].find((factor) => factor * power >= most) ?? 10) * power;
  return { top, ticks: [0, top / 2, top] };
}
