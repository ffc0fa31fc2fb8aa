import { Button, Group } from '@mantine/core';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import type { Limits } from '../../domain/limits.ts';
import type { Part } from '../../domain/post.ts';
import type { Network } from '../api/types.ts';
import { texts } from '../texts.ts';
import { EditorCard } from './editor-card.tsx';
import { EditorImages } from './editor-images.tsx';
import { Meter } from './meter.tsx';
import { TextField } from './text-field.tsx';

interface EditorMessageProps {
  readonly part: Part;
  readonly limits: Limits | null;
  readonly network: Network | undefined;
  /** The post's link, on the message that has it. */
  readonly link: string | null;
  readonly label: string;
  readonly fieldRef: Ref<HTMLTextAreaElement>;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onChange: (part: Part) => void;
  /** Where there are others. */
  readonly onRemove?: () => void;
}

/** One message: its text with its meter, its images with their descriptions. */
export function EditorMessage({
  part,
  limits,
  network,
  link,
  label,
  fieldRef,
  onFocus,
  onKeyDown,
  onChange,
  onRemove,
}: EditorMessageProps): ReactNode {
  const rule = limits?.text ?? null;
  return (
    <div onFocus={onFocus}>
      <TextField
        ref={fieldRef}
        value={part.text}
        rule={rule}
        label={label}
        onChange={(text) => onChange({ ...part, text })}
        onKeyDown={onKeyDown}
      />
      <Group justify="space-between" mt={4} gap="xs">
        {rule !== null && <Meter text={part.text} rule={rule} />}
        {onRemove !== undefined && (
          <Button size="compact-xs" variant="subtle" onClick={onRemove}>
            {texts.editor.removePart}
          </Button>
        )}
      </Group>
      {limits?.images != null && (
        <EditorImages media={part.media} rule={limits.images} onChange={(media) => onChange({ ...part, media })} />
      )}
      <div onKeyDown={onKeyDown}>
        <EditorCard
          part={part}
          link={link}
          network={network}
          limits={limits}
          onChange={(card) => onChange({ ...part, card })}
        />
      </div>
    </div>
  );
}
