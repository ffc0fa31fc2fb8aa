import type { ReactNode } from 'react';
import { readClock } from '../shell/parse-time.ts';
import { typedTexts } from '../texts/typed.ts';
import type { Read } from './read-number.ts';
import { TypedField } from './typed-field.tsx';
import type { TypedFieldProps } from './typed-field.tsx';

/** A time of day, as `09:30`. A browser's own field for one shows it by the browser's language, as 09:30 AM. */
export function TimeField(props: Omit<TypedFieldProps<string>, 'read' | 'write'>): ReactNode {
  return <TypedField maxLength={8} {...props} write={String} read={readTimeOfDay} />;
}

/** `9:30`, `9.30`, `9h30`, `9`, `9 pm` as `HH:MM`. */
function readTimeOfDay(typed: string): Read<string> {
  const value = readClock(typed.trim().toLowerCase());
  return value === null ? { fault: typedTexts.clock } : { value };
}
