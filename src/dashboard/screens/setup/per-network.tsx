import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { networksQuery } from '../../api/queries.ts';
import { rulesTexts } from '../../texts/rules.ts';
import css from './setup.module.css';

interface PerNetworkProps<Value> {
  readonly label: string;
  readonly hint: string;
  readonly values: Readonly<Record<string, Value>>;
  readonly blank: Value;
  readonly onChange: (values: Readonly<Record<string, Value>>) => void;
  /** Draws one value. @param name the network's name, or words for all of them. */
  readonly field: (id: string, name: string, value: Value, set: (value: Value) => void) => ReactNode;
}

/** Something that is decided for all networks, and for some of them otherwise. */
export function PerNetwork<Value>({ label, hint, values, blank, onChange, field }: PerNetworkProps<Value>): ReactNode {
  const networks = useQuery(networksQuery).data ?? [];
  const nameOf = (id: string): string =>
    id === '*' ? rulesTexts.everyNetwork : (networks.find((one) => one.id === id)?.name ?? id);
  const free = ['*', ...networks.map((one) => one.id)].filter((id) => !Object.hasOwn(values, id));
  return (
    <fieldset className={css.set}>
      <legend>{label}</legend>
      <p className={css.muted}>{hint}</p>
      {Object.entries(values).map(([id, value]) => (
        <Group key={id} gap="xs" mb={8} align="flex-start" wrap="nowrap">
          <div className={css.grow}>{field(id, nameOf(id), value, (next) => onChange({ ...values, [id]: next }))}</div>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={rulesTexts.takeOut(`${label}: ${nameOf(id)}`)}
            onClick={() => onChange(Object.fromEntries(Object.entries(values).filter(([one]) => one !== id)))}
          >
            ✕
          </Button>
        </Group>
      ))}
      <Select
        size="xs"
        maw={260}
        searchable
        aria-label={rulesTexts.addNetwork(label)}
        placeholder={rulesTexts.addNetwork(label)}
        data={free.map((id) => ({ value: id, label: nameOf(id) }))}
        value={null}
        onChange={(id) => {
          if (id !== null) onChange({ ...values, [id]: blank });
        }}
      />
    </fieldset>
  );
}
