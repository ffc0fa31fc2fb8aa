import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { Suspense, lazy, useState, useSyncExternalStore } from 'react';
import type { GivenSchedule } from '../api/types.ts';
import { texts } from '../texts.ts';

interface Confirm {
  readonly kind: 'confirm';
  readonly title: string;
  readonly body: string;
  readonly button: string;
  readonly answer: (yes: boolean) => void;
}
interface Words {
  readonly kind: 'words';
  readonly title: string;
  readonly label: string;
  readonly button: string;
  readonly isOptional: boolean;
  readonly answer: (words: string | null) => void;
}
interface Moment {
  readonly kind: 'moment';
  readonly title: string;
  readonly from: Date | null;
  readonly answer: (time: GivenSchedule | null) => void;
}
type Dialog = Confirm | Words | Moment;

let current: Dialog | null = null;
const listeners = new Set<() => void>();

function show(dialog: Dialog | null): void {
  current = dialog;
  for (const listener of listeners) listener();
}

/** Asks yes or no. Only for what cannot be undone. */
export function confirm(title: string, body: string, button: string): Promise<boolean> {
  return new Promise((answer) => show({ kind: 'confirm', title, body, button, answer }));
}

/** Asks for a sentence. @returns null where it was closed. */
export function askWords(title: string, label: string, button: string, isOptional = false): Promise<string | null> {
  return new Promise((answer) => show({ kind: 'words', title, label, button, isOptional, answer }));
}

/** Asks for a time on the newsroom's clock. @param from what the field begins with. */
export function askTime(title: string, from: Date | null = null): Promise<GivenSchedule | null> {
  return new Promise((answer) => show({ kind: 'moment', title, from, answer }));
}

// Knows calendars and zones, so it is loaded when the first time is asked for.
const TimeForm = lazy(() => import('./time-form.tsx').then((module) => ({ default: module.TimeForm })));

export function DialogHost(): ReactNode {
  const dialog = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
  if (dialog === null) return null;
  const close = (): void => {
    show(null);
    if (dialog.kind === 'confirm') dialog.answer(false);
    else dialog.answer(null);
  };
  return (
    <Modal opened onClose={close} title={dialog.title} closeButtonProps={{ 'aria-label': texts.close }}>
      {dialog.kind === 'confirm' && <ConfirmForm dialog={dialog} onClose={close} />}
      {dialog.kind === 'words' && <WordsForm dialog={dialog} onClose={close} />}
      {dialog.kind === 'moment' && (
        <Suspense fallback={<Text size="sm">{texts.loading}</Text>}>
          <TimeForm
            from={dialog.from}
            onClose={close}
            onTime={(time) => {
              show(null);
              dialog.answer(time);
            }}
          />
        </Suspense>
      )}
    </Modal>
  );
}

function ConfirmForm({ dialog, onClose }: { dialog: Confirm; onClose: () => void }): ReactNode {
  return (
    <Stack>
      <Text>{dialog.body}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {texts.cancel}
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            show(null);
            dialog.answer(true);
          }}
        >
          {dialog.button}
        </Button>
      </Group>
    </Stack>
  );
}

function WordsForm({ dialog, onClose }: { dialog: Words; onClose: () => void }): ReactNode {
  const [words, setWords] = useState('');
  const isReady = dialog.isOptional || words.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReady) return;
        show(null);
        dialog.answer(words.trim());
      }}
    >
      <Stack>
        <Textarea
          data-autofocus
          label={dialog.label}
          value={words}
          maxLength={1000}
          autosize
          minRows={2}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" disabled={!isReady}>
            {dialog.button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
