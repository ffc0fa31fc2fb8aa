import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { postsQuery } from '../../api/queries.ts';
import type { Article } from '../../api/types.ts';
import { Empty } from '../../parts/empty.tsx';
import { texts } from '../../texts.ts';

/** Why no post stands here: they follow a later version of the article, or none were written. */
export function NoPosts({ article: { id, storyId } }: { article: Article }): ReactNode {
  const ofStory = postsQuery({ story: storyId ?? '', sort: '-createdAt' }, 10);
  const { data, isLoading } = useQuery({ ...ofStory, enabled: storyId !== null });
  if (isLoading) return null;
  const later = data?.items.find((post) => post.articleId !== null && post.articleId !== id)?.articleId;
  if (later == null) return <Empty title={texts.story.noPosts} why={texts.story.noPostsWhy} />;
  return (
    <Empty title={texts.story.movedOn} why={texts.story.movedOnWhy}>
      <Button component={Link} to={`/stories/${later}`}>
        {texts.story.openLater}
      </Button>
    </Empty>
  );
}
