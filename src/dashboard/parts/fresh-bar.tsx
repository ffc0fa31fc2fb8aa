import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';

/** Says how many new ones wait. Nothing moves before it is pressed. */
export function FreshBar({ count, onLoad }: { count: number; onLoad: () => void }): ReactNode {
  if (count <= 0) return null;
  return (
    <Button fullWidth size="compact-sm" variant="light" onClick={onLoad} mb={8}>
      {texts.live.fresh(count)}
    </Button>
  );
}
