import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Empty } from '../parts/empty.tsx';
import { texts } from '../texts.ts';

/** An address that leads nowhere. */
export function Missing(): ReactNode {
  return (
    <Empty title={texts.missing.title} why={texts.missing.why}>
      <Link to="/">{texts.missing.home}</Link>
    </Empty>
  );
}
