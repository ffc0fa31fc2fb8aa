import { MultiSelect, NumberInput, Select, SimpleGrid, TextInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sourceKinds } from '../../../domain/source.ts';
import { accountsQuery } from '../../api/queries.ts';
import { texts } from '../../texts.ts';
import type { Draft } from './draft.ts';
import { isFetched, wordFields } from './draft.ts';
import css from './intake.module.css';

interface SourceFieldsProps {
  readonly draft: Draft;
  /** The kind of a source stays what it was. */
  readonly isNew: boolean;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** Everything that an editor decides about a source. */
export function SourceFields({ draft, isNew, onChange }: SourceFieldsProps): ReactNode {
  const accounts = useQuery(accountsQuery).data ?? [];
  return (
    <>
      {isNew && (
        <Select
          label={texts.sources.kind}
          value={draft.kind}
          allowDeselect={false}
          onChange={(value) => onChange({ kind: sourceKinds.find((kind) => kind === value) ?? draft.kind })}
          data={sourceKinds.map((kind) => ({ value: kind, label: texts.sources.kinds[kind] }))}
        />
      )}
      {isFetched(draft.kind) && (
        <TextInput
          data-autofocus
          type="url"
          label={texts.sources.url}
          description={texts.sources.urlHint}
          placeholder="https://…"
          value={draft.url}
          onChange={(event) => onChange({ url: event.currentTarget.value })}
        />
      )}
      {draft.kind === 'urls' && (
        <Textarea
          label={texts.sources.urls}
          description={texts.sources.urlsHint}
          autosize
          minRows={3}
          maxRows={10}
          value={draft.urls}
          onChange={(event) => onChange({ urls: event.currentTarget.value })}
        />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={texts.sources.name}
          description={texts.sources.nameHint}
          dir="auto"
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={texts.sources.section}
          description={texts.sources.sectionHint}
          dir="auto"
          value={draft.section}
          onChange={(event) => onChange({ section: event.currentTarget.value })}
        />
        <Whole
          label={texts.sources.minutes}
          range={[1, 1_440]}
          value={draft.minutes}
          onChange={(minutes) => onChange({ minutes })}
        />
        <Whole
          label={texts.sources.cap}
          range={[1, 10_000]}
          value={draft.maxPerHour}
          onChange={(maxPerHour) => onChange({ maxPerHour })}
        />
      </SimpleGrid>
      <MultiSelect
        label={texts.sources.accounts}
        placeholder={draft.accountIds.length === 0 ? texts.sources.allAccounts : ''}
        value={[...draft.accountIds]}
        onChange={(accountIds) => onChange({ accountIds })}
        data={accounts
          .filter((account) => account.state !== 'removed')
          .map((account) => ({ value: account.id, label: account.name }))}
      />
      <fieldset className={css.rules}>
        <legend>{texts.sources.rules}</legend>
        <p className={css.meta}>{texts.sources.rulesHint}</p>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {wordFields.map((field) => (
            <TextInput
              key={field}
              label={texts.sources.fields[field]}
              dir="auto"
              value={draft.words[field]}
              onChange={(event) => onChange({ words: { ...draft.words, [field]: event.currentTarget.value } })}
            />
          ))}
          <Whole
            label={texts.sources.minLength}
            range={[1, 1_000_000]}
            value={draft.minLength}
            onChange={(minLength) => onChange({ minLength })}
          />
          <Whole
            label={texts.sources.maxAge}
            range={[1, 87_600]}
            value={draft.maxAgeHours}
            onChange={(maxAgeHours) => onChange({ maxAgeHours })}
          />
        </SimpleGrid>
      </fieldset>
    </>
  );
}

interface WholeProps {
  readonly label: string;
  /** As the API takes it. */
  readonly range: readonly [number, number];
  readonly value: number | '';
  readonly onChange: (value: number | '') => void;
}

/** A whole number, or none. */
function Whole({ label, range: [min, max], value, onChange }: WholeProps): ReactNode {
  return (
    <NumberInput
      label={label}
      min={min}
      max={max}
      allowDecimal={false}
      hideControls
      value={value}
      onChange={(next) => onChange(typeof next === 'number' ? next : '')}
    />
  );
}
