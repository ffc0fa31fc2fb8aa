import type { ReactNode } from 'react';
import type { SourceImport } from '../../api/types.ts';
import { sourceTexts } from '../../texts/sources.ts';
import css from './intake.module.css';

/** Which feeds of a file were not added, and why. */
export function ImportReport({ report }: { report: SourceImport }): ReactNode {
  const refused = report.feeds.filter(({ result }) => result === 'refused');
  if (refused.length === 0) return null;
  return (
    <section className={css.report} aria-label={sourceTexts.notImported(refused.length)}>
      <strong>{sourceTexts.notImported(refused.length)}</strong>
      <ul>
        {refused.map(({ url, title, detail }) => (
          <li key={url}>
            <span dir="auto">{title === '' ? url : title}</span>: {detail}
          </li>
        ))}
      </ul>
    </section>
  );
}
