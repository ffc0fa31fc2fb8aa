import type { GivenSchedule, Problem } from '../api/types.ts';

/** A time, in the words it was typed in, and the instant that they meant. */
export interface AskedTime {
  readonly time: GivenSchedule;
  readonly typed: string;
  readonly at: Date;
}
/** What speaks against a time: a server's answer, or what the page knew before it asked. */
export type WhyRefused = Pick<Problem, 'detail' | 'errors'>;

/** A time that was refused, and why. */
export interface RefusedTime extends AskedTime {
  readonly why: WhyRefused;
}
