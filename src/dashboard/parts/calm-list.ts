import { useEffect, useMemo, useRef, useState } from 'react';
import { texts } from '../texts.ts';
import { useKeys } from '../shell/keys.tsx';

interface Calm<Item> {
  /** In the order they were first shown; what is new waits, what is gone leaves. */
  readonly shown: readonly Item[];
  readonly freshCount: number;
  readonly load: () => void;
}

/**
 * Keeps a list still while somebody looks at it: items change in place, new ones wait until they are asked for with
 * `.` or the button. A list that was empty, or is asked for anew (`what` changes), takes everything at once.
 * @param isByReader what is new because of what the reader did: it is shown at once, behind the others.
 */
export function useCalmList<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  what: string,
  isByReader: (item: Item) => boolean = () => false,
): Calm<Item> {
  const [order, setOrder] = useState<readonly string[]>([]);
  const seen = useRef(what);
  const byId = useMemo(() => new Map(items.map((item) => [idOf(item), item])), [items, idOf]);
  const isNew = seen.current !== what;
  const stands = isNew ? [] : order.filter((id) => byId.has(id));
  const known = new Set(stands);
  const fresh = [...byId].filter(([id]) => !known.has(id));
  const own = fresh.flatMap(([id, item]) => (isByReader(item) ? [id] : []));
  const current = stands.length === 0 ? [...byId.keys()] : [...stands, ...own];
  const load = (): void => setOrder([...byId.keys()]);

  useEffect(() => {
    seen.current = what;
    setOrder(current);
    // Only when the first items arrive, the list has run empty, the reader adds to it, or another list is asked for.
  }, [what, byId.size === 0, current.length === 0, own.length]);

  useKeys(texts.keys.list, [{ keys: '.', label: texts.keys.load, run: load }]);
  return {
    shown: current.flatMap((id) => byId.get(id) ?? []),
    freshCount: byId.size - current.length,
    load,
  };
}
