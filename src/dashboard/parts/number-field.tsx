import type { ReactNode } from 'react';
import { readNumber } from './read-number.ts';
import type { NumberRange } from './read-number.ts';
import { TypedField } from './typed-field.tsx';
import type { TypedFieldProps } from './typed-field.tsx';

type Rest<Value> = Omit<TypedFieldProps<Value>, 'read' | 'write'>;

/** A number. */
export function NumberField({ range, ...rest }: Rest<number> & { readonly range: NumberRange }): ReactNode {
  return <TypedField inputMode="decimal" {...rest} write={String} read={(typed) => readNumber(typed, range)} />;
}

/** A number, or none where the field is empty. */
export function NumberOrNone({ range, ...rest }: Rest<number | null> & { readonly range: NumberRange }): ReactNode {
  return (
    <TypedField
      inputMode="decimal"
      {...rest}
      write={(value) => (value === null ? '' : String(value))}
      read={(typed) => (typed.trim() === '' ? { value: null } : readNumber(typed, range))}
    />
  );
}
