import { TextInput } from '@mantine/core';
import type { TextInputProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useEffect, useRef, useState } from 'react';
import type { Read } from './read-number.ts';

export interface TypedFieldProps<Value> extends Omit<TextInputProps, 'value' | 'onChange' | 'type'> {
  readonly value: Value;
  /** How a value stands in the field. */
  readonly write: (value: Value) => string;
  readonly read: (typed: string) => Read<Value>;
  readonly onChange: (value: Value) => void;
}

/**
 * A field for a value that is written in words of its own. What was typed stays as it is; where it is no value, the field says
 * why once it is left, and its form is not sent.
 */
export function TypedField<Value>({ value, write, read, onChange, error, ...rest }: TypedFieldProps<Value>): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<{ readonly text: string; readonly beside: string } | null>(null);
  const [isLeft, setIsLeft] = useState(false);
  const written = write(value);
  // What was typed counts as long as the value is the one that it left: another one has come from elsewhere.
  const text = typed?.beside === written ? typed.text : null;
  const answer = text === null ? null : read(text);
  const fault = answer !== null && 'fault' in answer ? answer.fault : null;
  useEffect(() => field.current?.setCustomValidity(fault ?? ''), [fault]);
  return (
    <TextInput
      {...rest}
      ref={field}
      value={text ?? written}
      error={(isLeft ? fault : null) ?? error}
      onChange={({ currentTarget }) => {
        const next = read(currentTarget.value);
        setTyped({ text: currentTarget.value, beside: 'value' in next ? write(next.value) : written });
        if ('value' in next) onChange(next.value);
      }}
      onInvalid={() => setIsLeft(true)}
      onBlur={() => {
        setIsLeft(fault !== null);
        if (fault === null) setTyped(null);
      }}
    />
  );
}
