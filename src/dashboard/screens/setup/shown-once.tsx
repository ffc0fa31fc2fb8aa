import { Alert, Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { copy } from '../../shell/clipboard.ts';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { setupTexts } from '../../texts/setup.ts';
import css from './setup.module.css';

/** A secret or a link that nobody sees again. */
export function ShownOnce({ title, value, onClose }: { title: string; value: string; onClose: () => void }): ReactNode {
  const take = async (): Promise<void> => done((await copy(value)) ? setupTexts.copied : setupTexts.notCopied);
  return (
    <Alert title={title} mt="sm" data-once>
      <p className={css.secret}>
        <code>{value}</code>
      </p>
      <Group gap="xs">
        <Button size="compact-sm" onClick={() => void take()}>
          {setupTexts.copy}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {texts.close}
        </Button>
      </Group>
    </Alert>
  );
}
