import type { ReactNode } from 'react';
import { Fragment } from 'react';

/** An account's name, which in a narrow place breaks before `@` or a dot and not within a word. */
export function AccountName({ name }: { name: string }): ReactNode {
  return (
    <bdi>
      {name.split(/(?<=.)(?=[@.])/u).map((part, place) => (
        <Fragment key={place}>
          {place > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
