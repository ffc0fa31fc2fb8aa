import { Button, FileButton, Group, Text, TextInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Limits } from '../../domain/limits.ts';
import type { CardImage, LinkCard, Part } from '../../domain/post.ts';
import { upload } from '../api/client.ts';
import type { Network } from '../api/types.ts';
import { failed } from '../shell/undo.tsx';
import { card as words } from '../texts/card.ts';
import { EditorFocus } from './editor-focus.tsx';
import css from './editor.module.css';
import { contentOfImage } from './image-address.ts';

interface EditorCardProps {
  readonly part: Part;
  /** The post's link: where a new card leads. */
  readonly link: string | null;
  readonly network: Network | undefined;
  readonly limits: Limits | null;
  readonly onChange: (card: LinkCard) => void;
}

/** What a message's link card says, where the network takes it from us; else that it makes its own. */
export function EditorCard({ part, link, network, limits, onChange }: EditorCardProps): ReactNode {
  const kind = network?.powers['linkCard'];
  if (network === undefined || limits === null || kind === 'none') return null;
  if (kind === 'auto') {
    const isDrawn = link !== null && part.media.length === 0;
    return isDrawn ? <Text size="xs">{words.byNetwork(network.name)}</Text> : null;
  }
  const isHidden = part.media.length > 0 && limits.cards !== 'beside-image';
  if (isHidden) return part.card === null ? null : <Text size="xs">{words.hidden(network.name)}</Text>;
  // By the network's own rules: an account's may say that it takes no images at all.
  const isTold = (network.limits as unknown as Limits).images?.byAddress === true;
  if (part.card !== null) return <Fields card={part.card} limits={limits} isTold={isTold} onChange={onChange} />;
  if (link === null) return null;
  return (
    <Group mt={4}>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => onChange({ url: link, title: '', description: '', image: null })}
      >
        {words.add}
      </Button>
    </Group>
  );
}

interface FieldsProps {
  readonly card: LinkCard;
  readonly limits: Limits;
  /** The network is told where the picture is, and not sent it. */
  readonly isTold: boolean;
  readonly onChange: (card: LinkCard) => void;
}

function Fields({ card, limits, isTold, onChange }: FieldsProps): ReactNode {
  const setImage = (image: CardImage | null): void => onChange({ ...card, image });
  return (
    <fieldset className={css.card}>
      <legend>{words.title}</legend>
      <Text size="xs" c="dimmed">
        {words.leadsTo} <bdi>{card.url}</bdi>
      </Text>
      <TextInput
        size="xs"
        label={words.name}
        dir="auto"
        maxLength={500}
        error={card.title.trim() === '' ? words.noName : null}
        value={card.title}
        onChange={(event) => onChange({ ...card, title: event.currentTarget.value })}
      />
      <Textarea
        size="xs"
        label={words.about}
        dir="auto"
        autosize
        minRows={2}
        maxLength={2_000}
        value={card.description}
        onChange={(event) => onChange({ ...card, description: event.currentTarget.value })}
      />
      {isTold && (
        <TextInput
          size="xs"
          type="url"
          label={words.address}
          value={card.image?.url ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setImage(value.trim() === '' ? null : { url: value.trim(), alt: card.image?.alt ?? '' })
          }
        />
      )}
      <Picture image={card.image} limits={limits} isTold={isTold} onChange={setImage} />
    </fieldset>
  );
}

interface PictureProps {
  readonly image: CardImage | null;
  readonly limits: Limits;
  readonly isTold: boolean;
  readonly onChange: (image: CardImage | null) => void;
}

function Picture({ image, limits, isTold, onChange }: PictureProps): ReactNode {
  const [isBusy, setIsBusy] = useState(false);
  const isSent = limits.images !== null && !isTold;
  const take = async (file: File | null): Promise<void> => {
    if (file === null) return;
    setIsBusy(true);
    try {
      const { id, alt } = await upload<{ id: string; alt: string }>('/v1/media', file);
      onChange({ url: id, alt });
    } catch (error) {
      failed(words.addPicture, error);
    } finally {
      setIsBusy(false);
    }
  };
  const content = image === null ? null : contentOfImage(image.url);
  return (
    <>
      {!isTold && image !== null && content === null && <Text size="xs">{words.elsewhere(hostOf(image.url))}</Text>}
      {image !== null && content !== null && (
        <EditorFocus
          content={content}
          ratio={isSent ? limits.cardRatio : undefined}
          focus={image.focus}
          onChange={(focus) => onChange({ url: image.url, alt: image.alt, ...(focus === undefined ? {} : { focus }) })}
        />
      )}
      {image !== null && (
        <TextInput
          size="xs"
          label={words.alt}
          description={isSent && limits.describesCards !== true ? words.altKept : undefined}
          error={image.alt.trim() === '' ? words.altMissing : null}
          dir="auto"
          maxLength={5_000}
          value={image.alt}
          onChange={(event) => onChange({ ...image, alt: event.currentTarget.value })}
        />
      )}
      <Group gap="xs">
        {!isTold && (
          <FileButton onChange={(file) => void take(file)} accept="image/*">
            {(props) => (
              <Button {...props} size="compact-xs" variant="default" loading={isBusy}>
                {image === null ? words.addPicture : words.otherPicture}
              </Button>
            )}
          </FileButton>
        )}
        {image !== null && (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(null)}>
            {words.noPicture}
          </Button>
        )}
      </Group>
    </>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
