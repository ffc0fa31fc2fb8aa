import { Switch } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';
import { useState } from 'react';
import type { Focus } from '../../domain/post.ts';
import { card as words } from '../texts/card.ts';
import css from './editor.module.css';

interface EditorFocusProps {
  /** Where the picture is shown from. */
  readonly content: string;
  /** The shape of the network's cards, width by height; undefined where nothing is cut here. */
  readonly ratio: number | undefined;
  readonly focus: Focus | undefined;
  readonly onChange: (focus: Focus | undefined) => void;
}

/** A card's picture as it will be cut. A press on it moves what stays there; so do the two sliders. */
export function EditorFocus({ content, ratio, focus, onChange }: EditorFocusProps): ReactNode {
  /** Width by height of the picture itself, once it is there. */
  const [own, setOwn] = useState<number | null>(null);
  const shape = ratio === undefined || focus === undefined ? (own ?? 'auto') : ratio;
  const press = (event: MouseEvent<HTMLImageElement>): void => {
    if (ratio === undefined || focus === undefined) return;
    const box = event.currentTarget.getBoundingClientRect();
    onChange({
      x: isWider(own, ratio) ? rounded((event.clientX - box.left) / box.width) : focus.x,
      y: isWider(own, ratio) ? focus.y : rounded((event.clientY - box.top) / box.height),
    });
  };
  return (
    <>
      <img
        src={content}
        alt=""
        className={css.cardPicture}
        style={{
          aspectRatio: shape,
          ...(focus === undefined ? {} : { objectPosition: `${focus.x * 100}% ${focus.y * 100}%` }),
        }}
        onLoad={({ currentTarget }) => setOwn(currentTarget.naturalWidth / currentTarget.naturalHeight)}
        onClick={press}
      />
      {ratio !== undefined && (
        <Switch
          size="xs"
          label={words.cut}
          description={focus === undefined ? words.cutWhole : undefined}
          checked={focus !== undefined}
          onChange={(event) => onChange(event.currentTarget.checked ? { x: 0.5, y: 0.5 } : undefined)}
        />
      )}
      {ratio !== undefined && focus !== undefined && (
        <label className={css.slider}>
          {isWider(own, ratio) ? words.across : words.down}
          <input
            type="range"
            min={0}
            max={100}
            step={5}
            value={(isWider(own, ratio) ? focus.x : focus.y) * 100}
            onChange={({ currentTarget: { valueAsNumber } }) =>
              onChange(
                isWider(own, ratio) ? { ...focus, x: valueAsNumber / 100 } : { ...focus, y: valueAsNumber / 100 },
              )
            }
          />
        </label>
      )}
    </>
  );
}

/** Whether its sides are what is cut away, rather than its upper and lower end. */
function isWider(own: number | null, ratio: number): boolean {
  return own !== null && own > ratio;
}

function rounded(share: number): number {
  return Math.min(1, Math.max(0, Math.round(share * 20) / 20));
}
