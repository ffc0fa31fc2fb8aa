import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemCard } from '../parts/problem-card.tsx';
import { texts } from '../texts.ts';
import { Screen } from './screen.tsx';

/** A screen that broke as a whole. What stands around it still leads to the others. */
export function Broken({ error, reset }: ErrorComponentProps): ReactNode {
  return (
    <Screen title={texts.missing.broken}>
      <ProblemCard error={error} onRetry={reset} />
    </Screen>
  );
}
