import type { ReactNode } from 'react';
import type { AuditRecord } from '../../api/types.ts';
import { data as words } from '../../texts/data.ts';
import css from './setup.module.css';

/** What an action changed, field by field, before and after; nothing where it changed none, or that is not kept any more. */
export function AuditChanges({ changes }: { changes: AuditRecord['changes'] }): ReactNode {
  if (changes === null || changes.length === 0) return null;
  return (
    <details className={css.muted}>
      <summary>{words.changed(changes.length)}</summary>
      {changes.map(({ field, before, after }) => (
        <dl key={field} className={css.changed}>
          <dt>{field}</dt>
          <dd>
            {words.was}: {shown(before)}
          </dd>
          <dd>
            {words.is}: {shown(after)}
          </dd>
        </dl>
      ))}
    </details>
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return words.nothing;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
