import type { ReactNode } from 'react';
import type { ScorePart } from '../api/types.ts';
import { texts } from '../texts.ts';
import css from './why.module.css';

/** Each share of a score as a bar; what counted against it points the other way. */
export function Reasons({ reasons }: { reasons: readonly ScorePart[] }): ReactNode {
  const most = Math.max(0.01, ...reasons.map((reason) => Math.abs(reason.points)));
  return (
    <table className={css.reasons}>
      <tbody>
        {reasons.map((reason) => (
          <tr key={reason.name}>
            <th scope="row">{texts.why.reason(reason.name)}</th>
            <td>
              <svg width="84" height="8" viewBox="-42 0 84 8" aria-hidden="true">
                <line x1="0" x2="0" y1="0" y2="8" className={css.axis} />
                <rect
                  x={reason.points < 0 ? (reason.points / most) * 40 : 0}
                  width={(Math.abs(reason.points) / most) * 40}
                  y="1"
                  height="6"
                  className={reason.points < 0 ? css.minus : css.plus}
                />
              </svg>
            </td>
            <td className="tabular">{reason.points.toFixed(2)}</td>
            <td>{reason.detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
