import { Checkbox, PasswordInput, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Field } from './credential-fields.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a JSON Schema asks for, field by field. */
export function SchemaFields({
  fields,
  values,
  onChange,
}: {
  fields: readonly Field[];
  values: Values;
  onChange: (values: Values) => void;
}): ReactNode {
  return fields
    .filter((field) => field.fixed === null)
    .map((field) => {
      const set = (value: unknown): void => onChange({ ...values, [field.name]: value });
      const shared = { label: field.label, description: field.description, required: field.isRequired };
      if (field.kind === 'boolean') {
        return (
          <Checkbox
            key={field.name}
            label={field.label}
            description={field.description}
            checked={values[field.name] === true}
            onChange={(event) => set(event.currentTarget.checked)}
          />
        );
      }
      if (field.choices.length > 0) {
        return (
          <Select
            key={field.name}
            {...shared}
            data={[...field.choices]}
            value={(values[field.name] as string | undefined) ?? null}
            onChange={set}
          />
        );
      }
      const Input = field.isSecret ? PasswordInput : TextInput;
      return (
        <Input
          key={field.name}
          {...shared}
          value={String(values[field.name] ?? '')}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    });
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
