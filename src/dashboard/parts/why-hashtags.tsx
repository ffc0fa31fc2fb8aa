import type { ReactNode } from 'react';
import type { ApiSummary } from '../api/types.ts';
import { texts } from '../texts.ts';
import css from './why.module.css';

/** Every candidate, kept or not, with what spoke for and against it. */
export function WhyHashtags({ hashtags }: { hashtags: ApiSummary['hashtags'] }): ReactNode {
  const kept = hashtags.filter((one) => one.kept);
  const rejected = hashtags.filter((one) => !one.kept);
  return (
    <>
      <h3>{texts.why.kept}</h3>
      <TagTable hashtags={kept} />
      {rejected.length > 0 && (
        <>
          <h3>{texts.why.rejected}</h3>
          <TagTable hashtags={rejected} />
        </>
      )}
    </>
  );
}

function TagTable({ hashtags }: { hashtags: ApiSummary['hashtags'] }): ReactNode {
  if (hashtags.length === 0) return <p>{texts.why.none}</p>;
  return (
    <table className={css.tags}>
      <thead>
        <tr>
          <th scope="col">{texts.why.tag}</th>
          <th scope="col">{texts.why.origin}</th>
          <th scope="col">{texts.why.score}</th>
          <th scope="col">{texts.why.because}</th>
        </tr>
      </thead>
      <tbody>
        {hashtags.map((one) => (
          <tr key={one.tag + one.origin}>
            <th scope="row" dir="auto">
              {one.tag}
            </th>
            <td>{one.origin}</td>
            <td className="tabular">{one.score.toFixed(2)}</td>
            <td>
              {one.reasons
                .map((reason) => `${texts.why.reason(reason.name)}${reason.detail ? ` (${reason.detail})` : ''}`)
                .join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
