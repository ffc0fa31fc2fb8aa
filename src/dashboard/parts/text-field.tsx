import type { KeyboardEvent, ReactNode, Ref } from 'react';
import type { LengthRule } from '../../domain/limits.ts';
import { overflowAt } from './overflow.ts';
import css from './text-field.module.css';

interface TextFieldProps {
  readonly value: string;
  readonly label: string;
  readonly rule: LengthRule | null;
  readonly onChange: (text: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** A field that grows with its text and underlines, at the exact place, what the network would not take. */
export function TextField({ value, label, rule, onChange, onKeyDown, ref }: TextFieldProps): ReactNode {
  const cut = rule === null ? value.length : overflowAt(value, rule);
  return (
    <div className={css.field}>
      <div className={css.back} aria-hidden="true" dir="auto">
        {value.slice(0, cut)}
        {cut < value.length && <mark>{value.slice(cut)}</mark>}
        {'\n'}
      </div>
      <textarea
        ref={ref}
        className={css.front}
        aria-label={label}
        aria-invalid={cut < value.length}
        dir="auto"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
