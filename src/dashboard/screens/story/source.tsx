import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import type { Article } from '../../api/types.ts';
import { texts } from '../../texts.ts';
import css from './story.module.css';

/** Where the article came from. */
export function Source({ article }: { article: Article }): ReactNode {
  const facts = [article.siteName, article.section, article.authors.join(', ')].filter(
    (fact) => fact !== null && fact !== '',
  );
  return (
    <p className={css.source}>
      <Link to="/stories">{texts.story.back}</Link>
      {facts.map((fact, index) => (
        <Fragment key={index}>
          {' · '}
          <bdi>{fact}</bdi>
        </Fragment>
      ))}
      {article.url !== null && (
        <>
          {' · '}
          <Anchor inherit href={article.url} target="_blank" rel="noreferrer">
            {new URL(article.url).host}
          </Anchor>
        </>
      )}
    </p>
  );
}
