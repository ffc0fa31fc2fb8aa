import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Empty } from '../parts/empty.tsx';
import { Screen } from './screen.tsx';
import { texts } from '../texts.ts';

/** An address that leads nowhere. */
export function Missing(): ReactNode {
  return (
    <Screen title={texts.missing.title}>
      <Empty title={texts.missing.where} why={texts.missing.why}>
        <Link to="/">{texts.missing.home}</Link>
      </Empty>
    </Screen>
  );
}
