import { Tabs } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Article, Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { WhyHashtags } from './why-hashtags.tsx';
import { WhySummary } from './why-summary.tsx';
import { WhyTime } from './why-time.tsx';
import css from './why.module.css';

/** Why the posts say what they say, and when: each sentence to its place, each hashtag and each time with its reasons. */
export function Why({ article, posts }: { article: Article; posts: readonly Post[] }): ReactNode {
  const { summary, text } = article;
  if (summary === null || text === null) return <p>{texts.why.notYet}</p>;
  return (
    <div className={css.why}>
      <Tabs defaultValue="summary" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="summary">{texts.why.summary}</Tabs.Tab>
          <Tabs.Tab value="hashtags">{texts.why.hashtags}</Tabs.Tab>
          <Tabs.Tab value="time">{texts.why.time}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="summary" pt="sm">
          {/* The sentence that was looked at is of this article. */}
          <WhySummary key={article.id} summary={summary} article={article} posts={posts} />
        </Tabs.Panel>
        <Tabs.Panel value="hashtags" pt="sm">
          <WhyHashtags hashtags={summary.hashtags} posts={posts} />
        </Tabs.Panel>
        <Tabs.Panel value="time" pt="sm">
          <WhyTime posts={posts} />
        </Tabs.Panel>
      </Tabs>
      <p className={css.engine}>{texts.why.engine(summary.engine, summary.version, summary.lang)}</p>
    </div>
  );
}
