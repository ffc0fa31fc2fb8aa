import { Button, FileButton, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ImageRule } from '../../domain/limits.ts';
import type { PartMedia } from '../../domain/post.ts';
import { upload } from '../api/client.ts';
import { failed } from '../shell/undo.tsx';
import { texts } from '../texts.ts';
import css from './editor.module.css';
import { contentOfImage } from './image-address.ts';

interface EditorImagesProps {
  readonly media: readonly PartMedia[];
  readonly rule: ImageRule;
  readonly onChange: (media: readonly PartMedia[]) => void;
}

/** The images of a message. Each asks for words for those who cannot see it. */
export function EditorImages({ media, rule, onChange }: EditorImagesProps): ReactNode {
  const [isBusy, setIsBusy] = useState(false);
  const add = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setIsBusy(true);
    try {
      const { id, alt } = await upload<{ id: string; alt: string }>('/v1/media', file);
      onChange([...media, { source: id, alt }]);
    } catch (error) {
      failed(texts.editor.addImage, error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <>
      {media.map((one, index) => (
        <div key={one.source + String(index)} className={css.image}>
          {contentOfImage(one.source) !== null && <img src={contentOfImage(one.source) ?? ''} alt="" />}
          <TextInput
            size="xs"
            label={texts.editor.alt(index + 1)}
            description={rule.maxAlt === 0 ? texts.editor.noAlts : undefined}
            error={one.alt.trim() === '' && rule.maxAlt > 0 ? texts.editor.altMissing : null}
            maxLength={rule.maxAlt === 0 ? 5_000 : rule.maxAlt}
            dir="auto"
            value={one.alt}
            onChange={(event) => {
              const alt = event.currentTarget.value;
              onChange(media.map((old, at) => (at === index ? { ...old, alt } : old)));
            }}
          />
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => onChange(media.filter((_, at) => at !== index))}
            aria-label={texts.editor.removeImage(index + 1)}
          >
            ✕
          </Button>
        </div>
      ))}
      {media.length < rule.max && (
        <Group mt={4}>
          <FileButton onChange={(file) => void add(file)} accept="image/*">
            {(props) => (
              <Button {...props} size="compact-xs" variant="default" loading={isBusy}>
                {texts.editor.addImage}
              </Button>
            )}
          </FileButton>
        </Group>
      )}
    </>
  );
}
