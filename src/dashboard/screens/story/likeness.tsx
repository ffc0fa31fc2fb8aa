import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { articlesQuery, storyQuery } from '../../api/queries.ts';
import { serverNow } from '../../api/server-clock.ts';
import { shownTitle } from '../../parts/shown-title.ts';
import { useLikeness } from '../../parts/use-likeness.ts';
import { useMay } from '../../parts/use-may.ts';
import { Time } from '../../shell/time.tsx';
import { tellApart } from '../../shell/tell-apart.ts';
import { texts } from '../../texts.ts';
import css from './story.module.css';

/** Which story this one may be a copy of, and what that means for its posts, until somebody says that the two are not the same. */
export function Likeness({ articleId }: { articleId: string }): ReactNode {
  const likeness = useLikeness(articleId);
  const other = useQuery(storyQuery(likeness?.storyId ?? null)).data;
  const article = useQuery(articlesQuery).data?.items.find(({ storyId }) => storyId === likeness?.storyId);
  const mayTell = useMay('posts:publish');
  if (likeness === null) return null;
  const title = shownTitle({ ...article, title: other?.title || (article?.title ?? null) });
  const until = other?.embargoUntil ?? null;
  return (
    <section className={css.alike} aria-labelledby="alike">
      <h2 id="alike">{texts.story.alike}</h2>
      <p>
        {likeness.why} {texts.story.alikeTo}{' '}
        {article === undefined ? (
          <bdi>{title}</bdi>
        ) : (
          <Link to="/stories/$id" params={{ id: article.id }} dir="auto">
            {title}
          </Link>
        )}
        .{' '}
        {until !== null && Date.parse(until) > serverNow() && (
          <>
            {texts.story.alikeUntil} <Time at={until} />: {texts.story.alikeWaits}
          </>
        )}
      </p>
      {mayTell ? (
        <Button size="compact-sm" variant="default" onClick={() => tellApart(articleId)}>
          {texts.story.tellApart}
        </Button>
      ) : (
        <span>{texts.story.apartNotYours}</span>
      )}
    </section>
  );
}
