import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import { useKeys } from './keys.tsx';
import { screens } from './screens.ts';
import { undoLast } from './undo.tsx';

/** The shortcuts that work on every screen. */
export function GlobalKeys(): ReactNode {
  const navigate = useNavigate();
  useKeys(texts.keys.everywhere, [
    { keys: 'n', label: texts.nav.new, run: () => void navigate({ to: '/stories' }) },
    { keys: 'mod+z', label: texts.undo.button, run: undoLast },
    ...screens.map((screen) => ({
      keys: `g ${screen.key}`,
      label: texts.keys.goTo(texts.nav[screen.name]),
      run: () => void navigate({ to: screen.to }),
    })),
  ]);
  return null;
}
