import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Suspense, lazy, useState } from 'react';
import { texts } from '../texts.ts';
import { holdAll } from './holds.tsx';
import { useKeys } from './keys.tsx';
import { screens } from './screens.ts';
import { undoLast } from './undo.tsx';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));
const KeySheet = lazy(() => import('./key-sheet.tsx').then((module) => ({ default: module.KeySheet })));

/** The shortcuts that work on every screen, and the two overlays that they open. */
export function GlobalKeys(): ReactNode {
  const navigate = useNavigate();
  const [open, setOpen] = useState<'palette' | 'sheet' | null>(null);
  const toLastStory = (): void => {
    const id = localStorage.getItem('standfirst.last-story');
    if (id === null) void navigate({ to: '/stories' });
    else void navigate({ to: '/stories/$id', params: { id } });
  };
  useKeys(
    texts.keys.everywhere,
    [
      { keys: '?', label: texts.keys.sheet, run: () => setOpen('sheet') },
      { keys: 'mod+k', label: texts.palette.title, inFields: true, run: () => setOpen('palette') },
      { keys: '/', label: texts.keys.search, run: () => focusSearch(() => setOpen('palette')) },
      {
        keys: 'n',
        label: texts.nav.new,
        needs: 'articles:write',
        run: () => void navigate({ to: '/intake', hash: 'paste' }),
      },
      { keys: 'mod+z', label: texts.undo.button, run: undoLast },
      { keys: 'shift+h', label: texts.holds.all, needs: 'posts:publish', run: holdAll },
      ...screens.map((screen) => ({
        keys: `g ${screen.key}`,
        label: texts.keys.goTo(texts.nav[screen.name]),
        run: screen.name === 'story' ? toLastStory : () => void navigate({ to: screen.to }),
      })),
    ],
    true,
  );
  return (
    <Suspense>
      {open === 'palette' && <Palette onClose={() => setOpen(null)} />}
      {open === 'sheet' && <KeySheet onClose={() => setOpen(null)} />}
    </Suspense>
  );
}

/** The screen's own search where it has one, else the palette. */
function focusSearch(otherwise: () => void): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  if (field === null) otherwise();
  else field.focus();
}
