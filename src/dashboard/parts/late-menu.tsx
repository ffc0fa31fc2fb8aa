import type { ReactElement, ReactNode, Ref, RefObject } from 'react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { failed } from '../shell/undo.tsx';

/** By then a page is drawn and what it needs is there. Milliseconds. */
const QUIET_MS = 5_000;

/** What the button of a menu carries; until the menu is there, which brings the rest itself, also what it says of it. */
interface MenuButton {
  readonly ref: Ref<HTMLButtonElement>;
  readonly 'aria-haspopup'?: 'menu';
  readonly 'aria-expanded'?: false;
  readonly onClick?: () => void;
}

interface LateMenuProps {
  /** What is said not to have worked where the menu cannot be fetched. */
  readonly name: string;
  readonly load: () => Promise<unknown>;
  readonly button: (more: MenuButton) => ReactElement;
  /** The menu around its button, by `lazy` with the same `load`. */
  readonly menu: (button: ReactElement) => ReactNode;
}

/**
 * A button whose menu is fetched with its first press, or once the page is quiet: what draws menus is 20 kB that nobody reads
 * at first, and without a line it could not be fetched.
 */
export function LateMenu({ name, load, button, menu }: LateMenuProps): ReactNode {
  const [isWanted, setIsWanted] = useState(false);
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), QUIET_MS);
    return () => clearTimeout(timer);
  }, [load]);
  const open = (): void => {
    load().then(
      () => setIsWanted(true),
      (error: unknown) => failed(name, error),
    );
  };
  if (!isWanted) return button({ ref, 'aria-haspopup': 'menu', 'aria-expanded': false, onClick: open });
  const shown = button({ ref });
  return (
    <Suspense fallback={shown}>
      {menu(shown)}
      <Press of={ref} />
    </Suspense>
  );
}

/** Once the menu is there: the press that it was fetched for. It has the focus, so that it gets it back from the menu. */
function Press({ of }: { of: RefObject<HTMLButtonElement | null> }): ReactNode {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    of.current?.focus();
    of.current?.click();
  }, [of]);
  return null;
}
