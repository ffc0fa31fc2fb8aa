import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import type { Kept } from './use-kept.ts';

/** Says that what was typed stays on this device, however the form is left, and lets go of it. */
export function KeptMark({ of }: { of: Pick<Kept<unknown>, 'isBegun' | 'discard'> }): ReactNode {
  if (!of.isBegun) return null;
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="xs" c="var(--sf-muted)">
        {texts.editor.keptUntilSent}
      </Text>
      <Button size="compact-sm" variant="subtle" flex="none" onClick={of.discard}>
        {texts.editor.discard}
      </Button>
    </Group>
  );
}
