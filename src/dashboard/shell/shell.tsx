import type { ReactNode } from 'react';
import { Suspense, lazy } from 'react';
import { texts } from '../texts.ts';
import { Announcer } from './announce.tsx';
import { DialogHost } from './dialogs.tsx';
import { GlobalKeys } from './global-keys.tsx';
import { HoldBar } from './holds.tsx';
import { KeysProvider } from './keys.tsx';
import { LiveProvider } from './live.tsx';
import { Navigation } from './navigation.tsx';
import { SessionGate } from './session-gate.tsx';
import css from './shell.module.css';
import { Strip } from './strip.tsx';

// Nobody points at anything before the page is there.
const Tip = lazy(() => import('../parts/tip.tsx').then((module) => ({ default: module.Tip })));

/** What stands around every screen: the strip, the way to the others, and what may be asked at any time. */
export function Shell({ children }: { children: ReactNode }): ReactNode {
  return (
    <SessionGate>
      <LiveProvider>
        <KeysProvider>
          <a href="#main" className="skip">
            {texts.skip}
          </a>
          <div className={css.shell}>
            <div className={css.head}>
              <Strip />
              <HoldBar />
            </div>
            <Navigation />
            <main id="main" tabIndex={-1} className={css.main}>
              {children}
              <Suspense>
                <Tip />
              </Suspense>
            </main>
          </div>
          <GlobalKeys />
          <DialogHost />
          <Announcer />
        </KeysProvider>
      </LiveProvider>
    </SessionGate>
  );
}
