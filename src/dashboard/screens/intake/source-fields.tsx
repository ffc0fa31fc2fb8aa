import { MultiSelect, Select, SimpleGrid, TextInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sourceKinds } from '../../../domain/source.ts';
import { accountsQuery } from '../../api/queries.ts';
import { NumberField, NumberOrNone } from '../../parts/number-field.tsx';
import { sourceTexts } from '../../texts/sources.ts';
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
          label={sourceTexts.kind}
          value={draft.kind}
          allowDeselect={false}
          onChange={(value) => onChange({ kind: sourceKinds.find((kind) => kind === value) ?? draft.kind })}
          data={sourceKinds.map((kind) => ({ value: kind, label: sourceTexts.kinds[kind] }))}
        />
      )}
      {isFetched(draft.kind) && (
        <TextInput
          data-autofocus
          type="url"
          label={sourceTexts.url}
          description={sourceTexts.urlHint}
          placeholder="https://…"
          value={draft.url}
          onChange={(event) => onChange({ url: event.currentTarget.value })}
        />
      )}
      {draft.kind === 'urls' && (
        <Textarea
          label={sourceTexts.urls}
          description={sourceTexts.urlsHint}
          autosize
          minRows={3}
          maxRows={10}
          value={draft.urls}
          onChange={(event) => onChange({ urls: event.currentTarget.value })}
        />
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={sourceTexts.name}
          description={sourceTexts.nameHint}
          dir="auto"
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <TextInput
          label={sourceTexts.section}
          description={sourceTexts.sectionHint}
          dir="auto"
          value={draft.section}
          onChange={(event) => onChange({ section: event.currentTarget.value })}
        />
        <NumberField
          label={sourceTexts.minutes}
          range={{ min: 1, max: 1_440 }}
          value={draft.minutes}
          onChange={(minutes) => onChange({ minutes })}
        />
        <NumberField
          label={sourceTexts.cap}
          range={{ min: 1, max: 10_000 }}
          value={draft.maxPerHour}
          onChange={(maxPerHour) => onChange({ maxPerHour })}
        />
      </SimpleGrid>
      <MultiSelect
        label={sourceTexts.accounts}
        placeholder={draft.accountIds.length === 0 ? sourceTexts.allAccounts : ''}
        value={[...draft.accountIds]}
        onChange={(accountIds) => onChange({ accountIds })}
        data={accounts
          .filter((account) => account.state !== 'removed')
          .map((account) => ({ value: account.id, label: account.name }))}
      />
      <fieldset className={css.rules}>
        <legend>{sourceTexts.rules}</legend>
        <p className={css.meta}>{sourceTexts.rulesHint}</p>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {wordFields.map((field) => (
            <TextInput
              key={field}
              label={sourceTexts.fields[field]}
              dir="auto"
              value={draft.words[field]}
              onChange={(event) => onChange({ words: { ...draft.words, [field]: event.currentTarget.value } })}
            />
          ))}
          <NumberOrNone
            label={sourceTexts.minLength}
            range={{ min: 1, max: 1_000_000 }}
            value={draft.minLength}
            onChange={(minLength) => onChange({ minLength })}
          />
          <NumberOrNone
            label={sourceTexts.maxAge}
            range={{ min: 1, max: 87_600 }}
            value={draft.maxAgeHours}
            onChange={(maxAgeHours) => onChange({ maxAgeHours })}
          />
        </SimpleGrid>
      </fieldset>
    </>
  );
}
