import { Alert } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isBeingMade } from '../../api/queries.ts';
import type { Article } from '../../api/types.ts';
import { texts } from '../../texts.ts';
import { NoPosts } from './no-posts.tsx';
import css from './story.module.css';

/** Which step the line is at, or why it stopped. */
export function Progress({ article, postCount }: { article: Article; postCount: number }): ReactNode {
  const stopped = article.steps.find((step) => step.state === 'failed');
  if (article.state === 'refused') {
    return (
      <Alert color="red" title={texts.story.refused} className={css.alert}>
        <p>{article.refusal?.detail}</p>
        <Link to="/intake">{texts.story.pasteInstead}</Link>
      </Alert>
    );
  }
  if (stopped !== undefined) {
    return (
      <Alert color="red" title={texts.story.stepFailed(stopped.name)} className={css.alert}>
        {stopped.problem}
      </Alert>
    );
  }
  if (isBeingMade(article)) {
    return (
      <p role="status" className={css.source}>
        {article.state === 'pending' ? texts.story.reading : texts.story.writing}
      </p>
    );
  }
  return postCount > 0 ? null : <NoPosts article={article} />;
}
