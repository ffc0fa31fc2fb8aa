import type { ReactNode } from 'react';
import { texts } from '../texts.ts';
import css from './network-said.module.css';

interface NetworkSaidProps {
  readonly detail: string;
  /** The machine's name for it. */
  readonly code?: string | undefined;
}

/** A network's own words, for whoever mends it: they are for machines, and nobody else has to read them. */
export function NetworkSaid({ detail, code }: NetworkSaidProps): ReactNode {
  return (
    <details className={css.said}>
      <summary>{texts.failures.said}</summary>
      <p dir="auto">
        {detail} {code !== undefined && <code>{code}</code>}
      </p>
    </details>
  );
}
