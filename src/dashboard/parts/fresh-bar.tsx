import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import css from './fresh-bar.module.css';

interface FreshProps {
  readonly count: number;
  readonly onLoad: () => void;
}

/** Says how many new ones wait. Nothing moves before it is pressed. */
export function FreshBar({ count, onLoad }: FreshProps): ReactNode {
  if (count <= 0) return null;
  return (
    <Button fullWidth size="compact-sm" variant="light" onClick={onLoad}>
      {texts.live.fresh(count)}
    </Button>
  );
}

/** The same above a list, which stands where it stands whether or not something waits. */
export function FreshRow(props: FreshProps): ReactNode {
  return (
    <div className={css.row}>
      <FreshBar {...props} />
    </div>
  );
}
