import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import { useMay } from './use-may.ts';

/** Whose it is, in place of controls that the member at this browser may not use; nothing for who may. */
export function NotYours({ needs }: { needs: keyof typeof texts.notYours }): ReactNode {
  if (useMay(needs)) return null;
  return (
    <Text component="span" size="sm" c="dimmed">
      {texts.notYours[needs]}
    </Text>
  );
}
