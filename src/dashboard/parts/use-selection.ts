import { useState } from 'react';

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** This one and no other; none, where it was the only one. */
  readonly only: (id: string) => void;
  /** From the last one that was toggled to this one. */
  readonly reach: (id: string) => void;
  readonly all: () => void;
  readonly none: () => void;
}

/** Which things are selected, as lists on a desktop do it: one, a range, all. */
export function useSelection(shown: readonly { readonly id: string }[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [last, setLast] = useState<string | null>(null);
  return {
    ids,
    toggle(id) {
      setIds(toggled(ids, id));
      setLast(id);
    },
    only(id) {
      setIds(ids.size === 1 && ids.has(id) ? new Set() : new Set([id]));
      setLast(id);
    },
    reach(id) {
      const [from, to] = [last ?? id, id]
        .map((one) => shown.findIndex((each) => each.id === one))
        .toSorted((a, b) => a - b);
      setIds(new Set([...ids, ...shown.slice(from, (to ?? 0) + 1).map((one) => one.id)]));
      setLast(id);
    },
    all: () => setIds(new Set(shown.map((one) => one.id))),
    none: () => setIds(new Set()),
  };
}

export function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
