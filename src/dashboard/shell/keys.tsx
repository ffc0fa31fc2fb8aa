import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { sessionQuery } from '../api/queries.ts';
import { texts } from '../texts.ts';
import { nameOf } from './key-name.ts';
import { done } from './undo.tsx';

/** One shortcut. `keys` as `a`, `shift+a`, `mod+k` (Ctrl or ⌘), `g r` (one after the other), or the sign itself (`?`). */
export interface Binding {
  readonly keys: string;
  readonly label: string;
  readonly run: () => void;
  /** Also while somebody writes in a field. Only for combinations with a modifier. */
  readonly inFields?: boolean;
  /** Goes on while the key is held. Only what moves: a deed is done once, however long the finger lies there. */
  readonly moves?: boolean;
  /** What has the focus hears it itself: it stands here for the sheet. */
  readonly isOfFocus?: boolean;
  /** Not listed on the sheet, because its neighbour explains it. */
  readonly isHidden?: boolean;
  /** What the API asks for. Who has it not does not find the key on the sheet, and is told why where they press it. */
  readonly needs?: keyof typeof texts.notYours;
}

interface Bound extends Binding {
  readonly isTheirs: boolean;
}

interface Group {
  readonly name: string;
  /** Asked after every other, whichever came last. */
  readonly isEverywhere: boolean;
  readonly bindings: readonly Bound[];
}

interface Registry {
  add(group: Group): () => void;
  groups(): readonly Group[];
  readonly areOn: boolean;
  switchOn(on: boolean): void;
}

const KeysContext = createContext<Registry | null>(null);
const SEQUENCE_MS = 1_200;
const OFF = 'standfirst.single-keys';
const MENU = '[role="menu"], [role="listbox"]';

/** Listens once for the whole page; the screen that came last is asked first. */
export function KeysProvider({ children }: { children: ReactNode }): ReactNode {
  const groups = useRef<Group[]>([]);
  const [areOn, setAreOn] = useState(() => localStorage.getItem(OFF) !== 'off');

  useEffect(() => {
    let pending = '';
    let since = 0;
    const hear = (event: KeyboardEvent, isInMenu: boolean): void => {
      const key = nameOf(event);
      if (key === null) return;
      const isWriting = isField(event.target);
      const isOverlaid = document.querySelector('[role="dialog"]') !== null || isInMenu;
      const hasModifier = key.startsWith('mod+');
      if ((isWriting && !hasModifier) || (!areOn && !hasModifier)) return;
      // What was begun with the key before is meant before what this key does alone, whoever has it.
      const sequence = event.timeStamp - since < SEQUENCE_MS && pending !== '' ? [`${pending} ${key}`] : [];
      for (const keys of [...sequence, key]) {
        const bound = groups.current
          .toReversed()
          .flatMap((group) => group.bindings)
          .filter(
            (one) =>
              one.keys === keys && one.isOfFocus !== true && (!(isWriting || isOverlaid) || one.inFields === true),
          );
        // What the screen would do is somebody else's: then what the key does everywhere is meant.
        const binding = bound.find((one) => one.isTheirs) ?? bound[0];
        if (binding === undefined) continue;
        event.preventDefault();
        if (event.repeat && binding.moves !== true) return;
        pending = '';
        binding.run();
        return;
      }
      const isStart = groups.current.some((group) => group.bindings.some((one) => one.keys.startsWith(`${key} `)));
      pending = isStart && !isWriting && !isOverlaid ? key : '';
      // When it was pressed: a busy page hears of it later.
      since = event.timeStamp;
    };
    const onKeyDown = (event: KeyboardEvent): void => hear(event, menusAround(event.target).length > 0);
    // A menu that was chosen from keeps the focus while it fades: what is pressed then is meant for the page, and the menu,
    // which would keep a letter to itself, does not get it. Escape is its own still.
    const onCapture = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' || !menusAround(event.target).some(isClosing)) return;
      event.stopPropagation();
      hear(event, false);
    };
    document.addEventListener('keydown', onCapture, { capture: true });
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onCapture, { capture: true });
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [areOn]);

  const registry = useMemo<Registry>(
    () => ({
      add(group) {
        if (group.isEverywhere) groups.current.unshift(group);
        else groups.current.push(group);
        return () => {
          groups.current = groups.current.filter((one) => one !== group);
        };
      },
      groups: () => groups.current,
      areOn,
      switchOn(on) {
        localStorage.setItem(OFF, on ? 'on' : 'off');
        setAreOn(on);
      },
    }),
    [areOn],
  );
  return <KeysContext value={registry}>{children}</KeysContext>;
}

/** Registers the shortcuts of a screen for as long as it is there; those `isEverywhere` where no screen has its own. */
export function useKeys(name: string, bindings: readonly Binding[], isEverywhere = false): void {
  const { add } = useKeyRegistry();
  const scopes = useQuery(sessionQuery).data?.scopes;
  const bound = bindings.map((one) => boundTo(one, one.needs === undefined || scopes?.includes(one.needs) === true));
  const latest = useRef(bound);
  latest.current = bound;
  const shape = bound.map((one) => `${one.keys} ${one.label} ${one.isTheirs}`).join('|');
  useEffect(
    () =>
      add({
        name,
        isEverywhere,
        bindings: latest.current.map((binding, index) => ({
          ...binding,
          run: () => latest.current[index]?.run(),
        })),
      }),
    // The functions are read when a key is pressed; only other keys, or other words for them, need another registration.
    [add, name, shape, isEverywhere],
  );
}

function boundTo(binding: Binding, isTheirs: boolean): Bound {
  const { needs } = binding;
  if (isTheirs || needs === undefined) return { ...binding, isTheirs };
  return { ...binding, isTheirs, isHidden: true, run: () => done(texts.notYours[needs]) };
}

export function useKeyRegistry(): Registry {
  const registry = useContext(KeysContext);
  if (registry === null) throw new Error('useKeys needs a KeysProvider above it.');
  return registry;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('textarea, select, input:not([type="checkbox"], [type="radio"], [type="button"])') !== null)
  );
}

/** The one that something is in, and those that it opened from. */
function menusAround(inner: EventTarget | null): HTMLElement[] {
  const menu = inner instanceof HTMLElement ? inner.closest<HTMLElement>(MENU) : null;
  return menu === null ? [] : [menu, ...menusAround(menu.parentElement)];
}

function isClosing(menu: HTMLElement): boolean {
  const opener = document.getElementById(menu.getAttribute('aria-labelledby') ?? '');
  return opener?.getAttribute('aria-expanded') === 'false';
}
