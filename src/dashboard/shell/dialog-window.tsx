import { Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Suspense, lazy } from 'react';
import { texts } from '../texts.ts';
import { ChoiceForm, ConfirmForm, WordsForm } from './dialog-forms.tsx';
import type { Dialog } from './dialogs.tsx';

const ReconnectForm = lazy(() => import('./reconnect-form.tsx').then((module) => ({ default: module.ReconnectForm })));
// Knows calendars and zones, so it is loaded when the first time is asked for.
const TimeForm = lazy(() => import('./time-form.tsx').then((module) => ({ default: module.TimeForm })));

interface DialogWindowProps {
  readonly dialog: Dialog;
  /** Before the answer is given: an answer may open the next window. */
  readonly onClosed: () => void;
}

/** The one window that asks something. */
export function DialogWindow({ dialog, onClosed }: DialogWindowProps): ReactNode {
  const close = (): void => {
    onClosed();
    if (dialog.kind === 'confirm') dialog.answer(false);
    else dialog.answer(null);
  };
  const settle = (answer: () => void) => (): void => {
    onClosed();
    answer();
  };
  return (
    <Modal opened onClose={close} title={dialog.title} closeButtonProps={{ 'aria-label': texts.close }}>
      {dialog.kind === 'confirm' && (
        <ConfirmForm dialog={dialog} onYes={settle(() => dialog.answer(true))} onClose={close} />
      )}
      {dialog.kind === 'words' && (
        <WordsForm dialog={dialog} onWords={(words) => settle(() => dialog.answer(words))()} onClose={close} />
      )}
      {dialog.kind === 'choice' && (
        <ChoiceForm dialog={dialog} onChoice={(value) => settle(() => dialog.answer(value))()} onClose={close} />
      )}
      {dialog.kind === 'moment' && (
        <Suspense fallback={<Text size="sm">{texts.loading}</Text>}>
          <TimeForm
            from={dialog.from}
            refused={dialog.refused}
            onClose={close}
            onTime={(asked) => settle(() => dialog.answer(asked))()}
          />
        </Suspense>
      )}
      {dialog.kind === 'reconnection' && (
        <Suspense fallback={<Text size="sm">{texts.loading}</Text>}>
          <ReconnectForm
            account={dialog.account}
            onClose={close}
            onDone={(after) => settle(() => dialog.answer(after))()}
          />
        </Suspense>
      )}
    </Modal>
  );
}
