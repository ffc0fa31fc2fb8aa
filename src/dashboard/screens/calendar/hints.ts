import type { AccountSlotPlan } from '../../api/types.ts';
import type { Cell } from './cells.ts';
import { cellAt } from './cells.ts';

/** A slot that nothing has taken yet. */
export interface FreeSlot {
  readonly accountId: string;
  readonly at: string;
}

/** Free slots that are still to come, by the key of the field that they lie in. @param cells in the order of time. */
export function freeSlots(
  plans: readonly AccountSlotPlan[],
  cells: readonly Cell[],
  now: Date,
): ReadonlyMap<string, readonly FreeSlot[]> {
  const byCell = new Map<string, FreeSlot[]>();
  for (const { accountId, slots } of plans) {
    for (const { at, taken } of slots) {
      const instant = Date.parse(at);
      const key = taken || instant <= now.getTime() ? undefined : cellAt(cells, instant)?.key;
      if (key === undefined) continue;
      const list = byCell.get(key);
      if (list === undefined) byCell.set(key, [{ accountId, at }]);
      else list.push({ accountId, at });
    }
  }
  return byCell;
}
