import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { KeptMark } from '../parts/kept-mark.tsx';
import { useKept } from '../parts/use-kept.ts';
import { texts } from '../texts.ts';
import type { Choice, Confirm, Words } from './dialogs.tsx';

interface ConfirmProps {
  readonly dialog: Confirm;
  readonly onYes: () => void;
  readonly onClose: () => void;
}

export function ConfirmForm({ dialog, onYes, onClose }: ConfirmProps): ReactNode {
  return (
    <Stack>
      {dialog.about.map(({ id, name, text }) => (
        <div key={id}>
          <Text size="sm" fw={600}>
            <bdi>{name}</bdi>
          </Text>
          <Text size="sm" lineClamp={2} dir="auto">
            {text}
          </Text>
        </div>
      ))}
      <Text>{dialog.body}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {texts.cancel}
        </Button>
        <Button data-autofocus onClick={onYes}>
          {dialog.button}
        </Button>
      </Group>
    </Stack>
  );
}

interface WordsProps {
  readonly dialog: Words;
  readonly onWords: (words: string) => void;
  readonly onClose: () => void;
}

export function WordsForm({ dialog, onWords, onClose }: WordsProps): ReactNode {
  const [unkept, setUnkept] = useState(dialog.begins ?? '');
  const kept = useKept(dialog.slot ?? '', dialog.begins ?? '');
  const isKept = dialog.slot !== undefined;
  const words = isKept ? kept.typed : unkept;
  const isReady = dialog.isOptional === true || words.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onWords(words.trim());
      }}
    >
      <Stack>
        <Textarea
          data-autofocus
          label={dialog.label}
          value={words}
          error={words.trim() === dialog.refused?.typed ? dialog.refused.why : null}
          maxLength={dialog.most ?? 1000}
          autosize
          minRows={2}
          dir="auto"
          onChange={(event) => (isKept ? kept.type : setUnkept)(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          }}
        />
        {isKept && <KeptMark of={kept} />}
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

interface ChoiceProps {
  readonly dialog: Choice;
  readonly onChoice: (value: string) => void;
  readonly onClose: () => void;
}

export function ChoiceForm({ dialog, onChoice, onClose }: ChoiceProps): ReactNode {
  const [value, setValue] = useState(dialog.choices[0]?.value ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChoice(value);
      }}
    >
      <Stack>
        <Radio.Group value={value} onChange={setValue} aria-label={dialog.title}>
          <Stack gap="sm">
            {dialog.choices.map((choice, index) => (
              <Radio
                key={choice.value}
                value={choice.value}
                label={choice.label}
                description={choice.hint}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit">{dialog.button}</Button>
        </Group>
      </Stack>
    </form>
  );
}
