import { useState } from 'react';
import { texts } from '../texts.ts';
import { done } from '../shell/undo.tsx';
import { keepAs, keptAs } from './kept.ts';

export interface Kept<Typed> {
  readonly typed: Typed;
  readonly isBegun: boolean;
  readonly type: (typed: Typed) => void;
  /** Once it is sent. */
  readonly forget: () => void;
  /** Lets go of what was typed, with a way back. */
  readonly discard: () => void;
}

/**
 * What is typed into a form, kept on this device until it is sent or discarded, whatever closes the form before.
 * @param blank what the form begins with; where it is that again, nothing is kept.
 * @param storable what of it may lie on the device: no secret may.
 */
export function useKept<Typed>(
  name: string,
  blank: Typed,
  storable: (typed: Typed) => Typed = (typed) => typed,
): Kept<Typed> {
  const [begun, setBegun] = useState(() => ({ name, held: keptAs<{ typed: Typed }>(name) }));
  const { held } = begun.name === name ? begun : { held: keptAs<{ typed: Typed }>(name) };
  const isBlank = (typed: Typed): boolean => JSON.stringify(typed) === JSON.stringify(blank);
  const hold = (next: { typed: Typed } | null): void => {
    setBegun({ name, held: next });
    const left = next === null ? null : storable(next.typed);
    keepAs(name, left === null || isBlank(left) ? null : { typed: left });
  };
  const forget = (): void => hold(null);
  return {
    typed: held === null ? blank : held.typed,
    isBegun: held !== null,
    type: (typed) => hold(isBlank(typed) ? null : { typed }),
    forget,
    discard: () => {
      forget();
      if (held !== null) done(texts.editor.discarded, async () => hold(held));
    },
  };
}
