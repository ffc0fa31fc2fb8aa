import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Article } from '../api/types.ts';
import { texts } from '../texts.ts';
import { WhyHashtags } from './why-hashtags.tsx';
import { WhySummary } from './why-summary.tsx';
import css from './why.module.css';

/** Why the posts say what they say: each sentence to its place in the article, each hashtag with its reasons. */
export function Why({ article }: { article: Article }): ReactNode {
  const { summary, text } = article;
  if (summary === null || text === null) return <p>{texts.why.notYet}</p>;
  return (
    <div className={css.why}>
      <Tabs defaultValue="summary" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="summary">{texts.why.summary}</Tabs.Tab>
          <Tabs.Tab value="hashtags">{texts.why.hashtags}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="summary" pt="sm">
          <WhySummary summary={summary} text={text} />
        </Tabs.Panel>
        <Tabs.Panel value="hashtags" pt="sm">
          <WhyHashtags hashtags={summary.hashtags} />
        </Tabs.Panel>
      </Tabs>
      <p className={css.engine}>{texts.why.engine(summary.engine, summary.version, summary.lang)}</p>
    </div>
  );
}
