import type { ReactNode } from 'react';
import { missingFrom } from '../../text/evidence.ts';
import { isReworded } from '../../text/traces.ts';
import type { Trace } from '../../text/traces.ts';
import type { ApiSummary, Article } from '../api/types.ts';
import { texts } from '../texts.ts';
import { evidenceWords } from './evidence-words.ts';
import { evidenceOf } from './evidence.ts';
import { Reasons } from './why-reasons.tsx';
import css from './why.module.css';

interface WhySentenceProps {
  readonly trace: Trace;
  readonly article: Article;
  /** The sentence of the article that it was made from. */
  readonly source: ApiSummary['sentences'][number] | undefined;
  /** Who says that one. */
  readonly names: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/** One sentence of a post: where it comes from, what of it the article bears out, and why that one was taken. */
export function WhySentence({ trace, article, source, names, isChosen, onChoose }: WhySentenceProps): ReactNode {
  const evidence = evidenceOf(trace.text, article);
  const missing = missingFrom(evidence);
  const isOther = isReworded(trace);
  return (
    <li>
      {source === undefined ? (
        <span dir="auto">{trace.text}</span>
      ) : (
        <button type="button" aria-pressed={isChosen} onClick={onChoose} dir="auto">
          {trace.text}
        </button>
      )}
      <p className={css.checks}>
        <span className={isOther ? css.other : undefined}>
          {isOther && '⚠ '}
          {whence(trace)}
        </span>
        {source?.rank != null && <> · {texts.why.rank(source.rank)}</>}
        {names !== '' && (
          <>
            {' '}
            · {texts.why.saidBy} <bdi>{names}</bdi>
          </>
        )}
        <br />
        {evidenceWords(evidence)}
        {missing.length > 0 && (
          <span className={css.other}>
            {' '}
            ⚠ {texts.why.notFound} <bdi>{missing.join(', ')}</bdi>
          </span>
        )}
      </p>
      {isChosen && source !== undefined && <Reasons reasons={source.reasons} />}
    </li>
  );
}

function whence({ from, how }: Trace): string {
  if (from === null || how === 'new') return texts.why.notOfArticle;
  return texts.why.whence(how, from === 'headline' ? null : from + 1);
}
