import { Button, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { keepAs, keptAs } from '../../parts/kept.ts';
import { rulesTexts } from '../../texts/rules.ts';
import css from './setup.module.css';

type Pair = readonly [string, string];

/** How the house writes a name. A row that is half written is kept on this device, and not decided yet. */
export function Aliases({
  values,
  slot,
  isBegun,
  onChange,
}: {
  values: Readonly<Record<string, string>>;
  /** Where the rows are kept as long as something is begun. */
  slot: string;
  isBegun: boolean;
  onChange: (values: Readonly<Record<string, string>>) => void;
}): ReactNode {
  const [pairs, setPairs] = useState<readonly Pair[]>(
    () => (isBegun ? keptAs<readonly Pair[]>(slot) : null) ?? Object.entries(values),
  );
  const change = (next: readonly Pair[]): void => {
    setPairs(next);
    keepAs(slot, next);
    onChange(Object.fromEntries(next.filter(([name, tag]) => name.trim() !== '' && tag.trim() !== '')));
  };
  const put = (index: number, pair: Pair): void => change(pairs.map((one, at) => (at === index ? pair : one)));
  return (
    <fieldset className={css.set}>
      <legend>{rulesTexts.aliases}</legend>
      <p className={css.muted}>{rulesTexts.aliasesWhy}</p>
      {pairs.map(([name, tag], index) => (
        <Group key={index} gap="xs" mb={6} align="flex-end">
          <TextInput
            size="xs"
            label={rulesTexts.aliasOf}
            value={name}
            onChange={(event) => put(index, [event.currentTarget.value, tag])}
          />
          <TextInput
            size="xs"
            label={rulesTexts.aliasTag}
            value={tag}
            onChange={(event) => put(index, [name, event.currentTarget.value])}
          />
          <Button
            size="compact-xs"
            variant="default"
            aria-label={rulesTexts.takeOut(name === '' ? `${rulesTexts.aliases} ${index + 1}` : name)}
            onClick={() => change(pairs.filter((_, at) => at !== index))}
          >
            ✕
          </Button>
        </Group>
      ))}
      <Button size="compact-sm" variant="default" onClick={() => change([...pairs, ['', '']])}>
        {rulesTexts.addAlias}
      </Button>
    </fieldset>
  );
}
