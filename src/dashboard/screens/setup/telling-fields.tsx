import { Checkbox, MultiSelect, NumberInput, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { tellings } from '../../../domain/house-rules.ts';
import type { Telling } from '../../../domain/house-rules.ts';
import { accountsQuery, networksQuery } from '../../api/queries.ts';
import { texts } from '../../texts.ts';
import css from './setup.module.css';

const MINUTE_MS = 60_000;

/** Who is told when something goes wrong, and of what. */
export function TellingFields({
  telling,
  onChange,
}: {
  telling: Telling;
  onChange: (telling: Telling) => void;
}): ReactNode {
  const networks = useQuery(networksQuery).data ?? [];
  const accounts = useQuery(accountsQuery).data ?? [];
  const takes = new Set(networks.filter((network) => network.powers['tells'] === true).map((network) => network.id));
  const words = texts.rules;
  const set = (change: Partial<Telling>): void => onChange({ ...telling, ...change });
  return (
    <fieldset className={css.set}>
      <legend>{words.telling}</legend>
      <p className={css.muted}>{words.tellingWhy}</p>
      <div className={css.fields}>
        <TagsInput label={words.mail} value={[...telling.mail]} onChange={(mail) => set({ mail })} />
        <MultiSelect
          label={words.tellingAccounts}
          data={accounts
            .filter((account) => takes.has(account.network) && account.state !== 'removed')
            .map((account) => ({ value: account.id, label: account.name }))}
          value={[...telling.accounts]}
          onChange={(chosen) => set({ accounts: chosen })}
        />
        <NumberInput
          label={words.quietFor}
          min={1}
          max={1_440}
          value={telling.quietMs / MINUTE_MS}
          onChange={(value) => set({ quietMs: Number(value) * MINUTE_MS })}
        />
      </div>
      <Checkbox.Group
        mt="sm"
        label={words.tellingOf}
        value={[...telling.of]}
        onChange={(chosen) => set({ of: tellings.filter((kind) => chosen.includes(kind)) })}
      >
        <div className={css.scopeGrid}>
          {tellings.map((kind) => (
            <Checkbox key={kind} size="xs" value={kind} label={words.tellings[kind]} />
          ))}
        </div>
      </Checkbox.Group>
    </fieldset>
  );
}
