import type { BarKind } from '../../domain/barred.ts';
import type { PostState } from '../../domain/post.ts';
import type { Post, SlotPlan } from './types.ts';

/** What the API answers of plans over days, as the dashboard reads it. */

/** A day or an hour: how many posts are due in it, and the first of them. */
export interface Stretch {
  readonly from: string;
  /** Where the next begins. */
  readonly to: string;
  readonly count: number;
  readonly states: Readonly<Partial<Record<PostState, number>>>;
  readonly posts: readonly Post[];
}

/** From the API without its empty stretches, in the dashboard with all of them. */
export interface Calendar {
  readonly timeZone: string;
  readonly stretches: readonly Stretch[];
}

export interface AccountSlotPlan extends SlotPlan {
  readonly accountId: string;
}

/** When one post may go out. */
export interface PostTimes {
  readonly timeZone: string;
  readonly slots: SlotPlan['slots'];
  readonly barred: readonly { readonly by: BarKind; readonly from: string; readonly to: string }[];
}
