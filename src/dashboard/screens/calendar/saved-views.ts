import { useState } from 'react';
import type { CalendarSearch } from './address.ts';
import { readCalendar } from './address.ts';

/** A view with its filters under a name; its day is the present one whenever it is opened. */
export interface SavedView {
  readonly name: string;
  readonly search: CalendarSearch;
}

const SLOT = 'standfirst.calendar-views';
const MOST = 20;

interface SavedViews {
  readonly list: readonly SavedView[];
  /** Under a name that is taken, the new one stands instead. */
  readonly save: (view: SavedView) => void;
  readonly remove: (name: string) => void;
}

/** Views of the calendar that are kept on this device. */
export function useSavedViews(): SavedViews {
  const [list, setList] = useState(stored);
  const keep = (next: readonly SavedView[]): void => {
    localStorage.setItem(SLOT, JSON.stringify(next));
    setList(next);
  };
  const others = (name: string): SavedView[] => list.filter((one) => one.name !== name);
  return {
    list,
    save: ({ name, search }) => keep([...others(name), { name, search: { ...search, date: undefined } }].slice(-MOST)),
    remove: (name) => keep(others(name)),
  };
}

/** What lies there may be of another version, or of another hand. */
function stored(): readonly SavedView[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(SLOT) ?? '[]');
    if (!Array.isArray(found)) return [];
    return found.flatMap((one: Partial<SavedView> | null): SavedView[] =>
      typeof one?.name === 'string' ? [{ name: one.name, search: readCalendar({ ...one.search }) }] : [],
    );
  } catch {
    return [];
  }
}
