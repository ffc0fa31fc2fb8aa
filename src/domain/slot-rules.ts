/** When an account may post: wall times and limits, as an editor decides them. */

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** A time on the account's clock at which one post may go out. */
export interface SlotTime {
  /** `HH:MM`, 00:00 to 23:59. */
  readonly time: string;
  readonly days: readonly Weekday[];
}

/** From a wall time to another; where `to` is not later than `from` it is on the next day. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  /** The days on which it begins. */
  readonly days: readonly Weekday[];
}

export interface SlotRules {
  /** IANA name. */
  readonly timeZone: string;
  /** Empty: any time will do. */
  readonly slots: readonly SlotTime[];
  readonly quietHours: readonly QuietHours[];
  readonly minGapMs: number;
  /** Most posts in any 60 minutes; null: any number. */
  readonly hourlyCap: number | null;
  /** Most posts on one day of the account's calendar; null: any number. */
  readonly dailyCap: number | null;
}

/** Whether every instant is as good as any other. */
export function isUnbound(rules: SlotRules): boolean {
  const { slots, quietHours, minGapMs, hourlyCap, dailyCap } = rules;
  return slots.length === 0 && quietHours.length === 0 && minGapMs === 0 && hourlyCap === null && dailyCap === null;
}
