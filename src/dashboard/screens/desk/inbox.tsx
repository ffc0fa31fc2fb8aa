import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { articlesQuery } from '../../api/queries.ts';
import { shownTitle } from '../../parts/shown-title.ts';
import { spanOf, useNow } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import css from './desk.module.css';
import type { Waiting } from './stories.ts';

interface InboxProps {
  readonly stories: readonly Waiting[];
  readonly openId: string;
  readonly selected: ReadonlySet<string>;
  readonly onOpen: (id: string) => void;
  readonly onSelect: (id: string, isRange: boolean) => void;
}

/** When a countdown turns red. */
const SOON_MS = 10 * 60_000;

/** What waits, under the heading of how much it hurries, with how long it is still worth anything. */
export function Inbox({ stories, openId, selected, onOpen, onSelect }: InboxProps): ReactNode {
  const articles = useQuery(articlesQuery).data?.items ?? [];
  const now = useNow(10_000).getTime();
  return (
    <ul className={css.inbox} aria-label={texts.desk.inbox}>
      {stories.map((story, index) => {
        const article = articles.find((one) => one.id === story.articleId);
        const title = shownTitle(article, story.posts[0]?.parts[0]?.text);
        return (
          <li key={story.id} data-story={story.id}>
            {stories[index - 1]?.urgency !== story.urgency && (
              <h2 className={css.urgency}>{texts.urgency[story.urgency]}</h2>
            )}
            <div className={`${css.item} ${story.id === openId ? css.open : ''}`}>
              <Checkbox
                size="xs"
                aria-label={texts.desk.select(title)}
                checked={selected.has(story.id)}
                onChange={(event) => onSelect(story.id, (event.nativeEvent as MouseEvent).shiftKey)}
              />
              <button
                type="button"
                aria-current={story.id === openId ? 'true' : undefined}
                onClick={() => onOpen(story.id)}
              >
                <span className={css.itemTitle} dir="auto">
                  {title}
                </span>
                <small>
                  {texts.posts(story.posts.length)}
                  {article?.section != null && (
                    <>
                      {' '}
                      · <bdi>{article.section}</bdi>
                    </>
                  )}{' '}
                  · {texts.time.ago(spanOf(now - story.since))}
                  {story.goBy !== null && (
                    <>
                      {' · '}
                      <span className={story.goBy - now < SOON_MS ? css.soon : undefined}>
                        {story.goBy > now ? texts.desk.goBy(spanOf(story.goBy - now)) : texts.desk.late}
                      </span>
                    </>
                  )}
                </small>
              </button>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
