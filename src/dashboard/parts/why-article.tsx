import type { ReactNode } from 'react';
import type { ApiSummary } from '../api/types.ts';
import { texts } from '../texts.ts';
import css from './why.module.css';

interface WhyArticleProps {
  readonly text: string;
  /** Sentences that any post says. */
  readonly used: ApiSummary['sentences'];
  /** Indexes of those that the post says that is looked at. */
  readonly own: ReadonlySet<number>;
  readonly chosen: number | null;
  /** Which posts say a sentence, in a word or two. */
  readonly namesOf: (index: number) => string;
}

/** The article with what the posts say lit in its place, and who says it. */
export function WhyArticle({ text, used, own, chosen, namesOf }: WhyArticleProps): ReactNode {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { index, start, end } of [...used].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    pieces.push(text.slice(at, start));
    pieces.push(
      <mark key={index} className={index === chosen ? css.chosen : own.has(index) ? css.used : css.others}>
        {text.slice(start, end)} <small className={css.users}>{namesOf(index)}</small>
      </mark>,
    );
    at = end;
  }
  pieces.push(text.slice(at));
  return (
    <div className={css.article} dir="auto" tabIndex={0} role="region" aria-label={texts.why.article}>
      {pieces}
    </div>
  );
}
