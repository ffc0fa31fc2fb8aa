import { Checkbox, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import css from './cards.module.css';
import type { Field } from './credential-fields.ts';

type Values = Readonly<Record<string, unknown>>;

interface SchemaFieldsProps {
  readonly fields: readonly Field[];
  readonly values: Values;
  readonly onChange: (values: Values) => void;
}

/** What a JSON Schema asks for, field by field; what hardly anybody changes is folded away. */
export function SchemaFields({ fields, values, onChange }: SchemaFieldsProps): ReactNode {
  const asked = fields.filter((field) => field.fixed === null);
  const advanced = asked.filter((field) => field.isAdvanced && !field.isRequired);
  const draw = (field: Field): ReactNode => (
    <SchemaField
      key={field.name}
      field={field}
      value={values[field.name]}
      onChange={(value) => onChange({ ...values, [field.name]: value })}
    />
  );
  return (
    <>
      {asked.filter((field) => !advanced.includes(field)).map(draw)}
      {advanced.length > 0 && (
        <details className={css.more}>
          <summary>{texts.connect.more}</summary>
          <Stack gap="sm">{advanced.map(draw)}</Stack>
        </details>
      )}
    </>
  );
}

interface SchemaFieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function SchemaField({ field, value, onChange }: SchemaFieldProps): ReactNode {
  const shared = { label: field.label, description: field.description, required: field.isRequired };
  if (field.kind === 'boolean') {
    return (
      <Checkbox
        label={field.label}
        description={field.description}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (field.choices.length > 0) {
    return (
      <Select
        {...shared}
        data={[...field.choices]}
        placeholder={field.standard}
        value={(value as string | undefined) ?? null}
        onChange={onChange}
      />
    );
  }
  const Input = field.isSecret ? PasswordInput : TextInput;
  return (
    <Input
      {...shared}
      placeholder={field.standard}
      value={String(value ?? '')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What was filled in, with what the schema fixes; what was left empty is left out. */
export function givenOf(fields: readonly Field[], values: Values): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      if (field.fixed !== null) return [[field.name, field.fixed]];
      const value = values[field.name];
      if (value === undefined || value === '') return [];
      return [[field.name, field.kind === 'number' ? Number(value) : value]];
    }),
  );
}
