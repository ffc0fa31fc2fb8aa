import type { ReactNode } from 'react';
import { useState } from 'react';
import type { ApiSummary, Article, ScorePart } from '../api/types.ts';
import { texts } from '../texts.ts';
import { evidenceWords } from './evidence-words.ts';
import { evidenceOf } from './evidence.ts';
import css from './why.module.css';

const USED = 5;

/** The ranking of sentences beside the article, with the chosen sentence lit in its place. */
export function WhySummary({ summary, article }: { summary: ApiSummary; article: Article }): ReactNode {
  const text = article.text ?? '';
  const ranked = summary.sentences.filter((one) => one.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const left = summary.sentences.filter((one) => one.rank === null);
  const [chosen, setChosen] = useState(ranked[0]?.index ?? -1);
  return (
    <>
      <h3>{texts.why.used}</h3>
      <ol className={css.sentences}>
        {ranked.slice(0, USED).map((sentence) => {
          return (
            <li key={sentence.index}>
              <button
                type="button"
                aria-pressed={chosen === sentence.index}
                onClick={() => setChosen(sentence.index)}
                dir="auto"
              >
                {sentence.text}
              </button>
              <p className={css.checks}>
                {texts.why.sentence(sentence.rank ?? 0, sentence.index + 1)} ·{' '}
                {evidenceWords(evidenceOf(sentence.text, article))}
              </p>
              {chosen === sentence.index && <Reasons reasons={sentence.reasons} />}
            </li>
          );
        })}
      </ol>
      <h3>{texts.why.article}</h3>
      <div className={css.article} dir="auto" tabIndex={0} role="region" aria-label={texts.why.article}>
        {lit(text, ranked.slice(0, USED), chosen)}
      </div>
      {left.length > 0 && (
        <>
          <h3>{texts.why.leftOut}</h3>
          <ul className={css.left}>
            {left.map((sentence) => (
              <li key={sentence.index}>
                <span dir="auto">{sentence.text}</span>{' '}
                <small>{sentence.reasons.map((reason) => texts.why.reason(reason.name)).join(', ')}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

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

interface Placed {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

function lit(text: string, sentences: readonly Placed[], chosen: number): ReactNode[] {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { index, start, end } of [...sentences].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    pieces.push(text.slice(at, start));
    pieces.push(
      <mark key={index} className={index === chosen ? css.chosen : css.used}>
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces;
}
