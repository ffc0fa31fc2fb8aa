import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Fragment, useState } from 'react';
import { articlesQuery, postsQuery } from '../../api/queries.ts';
import type { ArticleItem } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { useCalmList } from '../../parts/calm-list.ts';
import { Empty } from '../../parts/empty.tsx';
import { FreshRow } from '../../parts/fresh-bar.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { State, shownState } from '../../parts/state.tsx';
import { shownTitle } from '../../parts/shown-title.ts';
import { useMay } from '../../parts/use-may.ts';
import { Screen } from '../../shell/screen.tsx';
import { Time } from '../../shell/time.tsx';
import { texts } from '../../texts.ts';
import { createTexts } from '../../texts/create.ts';
import css from '../intake/intake.module.css';

const idOf = ({ id }: ArticleItem): string => id;

/** Every story, newest first, with the states its posts are in. */
export function StoriesScreen(): ReactNode {
  const { data, error, refetch, isPending } = useQuery(articlesQuery);
  const posts = useQuery(postsQuery({ sort: '-createdAt' }, 1_000)).data?.items ?? [];
  const mayWrite = useMay('articles:write');
  const [typed, setTyped] = useState('');
  const words = typed.toLocaleLowerCase().split(/\s+/);
  const found = (data?.items ?? []).filter((article) =>
    words.every((word) =>
      `${shownTitle(article)} ${article.siteName} ${article.section}`.toLocaleLowerCase().includes(word),
    ),
  );
  const { shown, freshCount, load } = useCalmList(found, idOf, typed);
  const newStory = (
    <Button component={Link} to="/intake">
      {texts.nav.new}
    </Button>
  );
  return (
    <Screen title={texts.nav.story} actions={mayWrite ? newStory : undefined}>
      <TextInput
        type="search"
        aria-label={createTexts.search}
        placeholder={createTexts.search}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        mb="sm"
        maw={360}
      />
      {isPending && <Bones />}
      {error !== null && data === undefined && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data !== undefined && found.length === 0 && (
        <Empty
          title={data.items.length === 0 ? createTexts.none : createTexts.noneFits}
          why={data.items.length === 0 ? createTexts.noneWhy : createTexts.noneFitsWhy}
        >
          {mayWrite && newStory}
        </Empty>
      )}
      <FreshRow count={freshCount} onLoad={load} />
      {shown.length > 0 && (
        <ul className={css.list}>
          {shown.map((article) => {
            const own = posts.filter((post) => post.articleId === article.id);
            const kinds = [...new Map(own.map((post) => [shownState(post), post])).values()];
            return (
              <li key={article.id}>
                <span className={css.what}>
                  <Link to="/stories/$id" params={{ id: article.id }} dir="auto">
                    {shownTitle(article)}
                  </Link>
                  <small>
                    {[article.siteName, article.section].map(
                      (fact, index) =>
                        fact !== null && (
                          <Fragment key={index}>
                            <bdi>{fact}</bdi> ·{' '}
                          </Fragment>
                        ),
                    )}
                    <Time at={article.createdAt} />
                  </small>
                </span>
                <span className={css.meta}>
                  {kinds.map((post) => (
                    <State key={post.id} of={post} />
                  ))}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Screen>
  );
}
