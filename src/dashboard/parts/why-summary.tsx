import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { isReworded } from '../../text/traces.ts';
import type { Trace } from '../../text/traces.ts';
import { houseRulesQuery } from '../api/queries.ts';
import type { ApiSummary, Article, Post } from '../api/types.ts';
import { texts } from '../texts.ts';
import { houseWords } from './house-words.ts';
import { useWhere } from './use-networks.ts';
import { WhyArticle } from './why-article.tsx';
import { WhyLeft } from './why-left.tsx';
import { WhySentence } from './why-sentence.tsx';
import { sourcesOf } from './why-traces.ts';
import type { Said } from './why-traces.ts';
import css from './why.module.css';

interface WhySummaryProps {
  readonly summary: ApiSummary;
  readonly article: Article;
  readonly posts: readonly Post[];
}

/** More names than these are a number. */
const MOST_NAMES = 2;

/** Each sentence of a post beside its source in the article, what other posts say, and what none of them does. */
export function WhySummary({ summary, article, posts }: WhySummaryProps): ReactNode {
  const where = useWhere();
  const rules = useQuery(houseRulesQuery).data?.rules;
  const { said, users, left } = useMemo(
    () => sourcesOf(posts, article, summary, rules === undefined ? [] : houseWords(rules)),
    [posts, article, summary, rules],
  );
  const [postId, setPostId] = useState<string | null>(null);
  const [pressed, setPressed] = useState<number | null>(null);
  const shown = said.find((one) => one.posts.some(({ id }) => id === postId)) ?? said[0];
  const traces = shown?.traces ?? [];
  const own = new Set(traces.flatMap(({ from }) => (typeof from === 'number' ? [from] : [])));
  const used = summary.sentences.filter(({ index }) => users.has(index));
  const others = used.filter(({ index }) => !own.has(index));
  const chosen = pressed !== null && users.has(pressed) ? pressed : ([...own][0] ?? null);
  const nameOf = (post: Post): string => where(post.accountId, post.network).accountName;
  const usersOf = (index: number): string => {
    const names = (users.get(index) ?? []).map(({ post, isEdited }) =>
      isEdited ? texts.why.edited(nameOf(post)) : nameOf(post),
    );
    return [...new Set(names)].join(', ');
  };
  const labelOf = ({ posts: sharing, traces: all }: Said): string => {
    const names = sharing.map(nameOf).join(', ');
    return all.some(isReworded) ? texts.why.edited(names) : names;
  };
  const inShort = (index: number): string => {
    const { length } = users.get(index) ?? [];
    return length > MOST_NAMES ? texts.posts(length) : usersOf(index);
  };
  const sentence = (trace: Trace, key: number): ReactNode => (
    <WhySentence
      key={key}
      trace={trace}
      article={article}
      source={summary.sentences.find(({ index }) => index === trace.from)}
      names={typeof trace.from === 'number' ? usersOf(trace.from) : ''}
      isChosen={trace.from !== null && chosen === trace.from}
      onChoose={() => setPressed(typeof trace.from === 'number' ? trace.from : null)}
    />
  );
  return (
    <>
      {said.length > 1 && (
        <label className={css.choice}>
          {texts.why.post}
          <select
            value={shown?.posts[0]?.id ?? ''}
            onChange={(event) => {
              setPostId(event.currentTarget.value);
              setPressed(null);
            }}
          >
            {said.map((one, place) => (
              <option key={one.posts[0]?.id} value={one.posts[0]?.id}>
                {`${place + 1}. ${labelOf(one)}`}
              </option>
            ))}
          </select>
        </label>
      )}
      {traces.length > 0 && (
        <>
          <h3>{texts.why.said}</h3>
          <ol className={css.sentences}>{traces.map(sentence)}</ol>
        </>
      )}
      {others.length > 0 && (
        <>
          <h3>{texts.why.inOthers}</h3>
          <ol className={css.sentences}>
            {others.map(({ index, text }) => sentence({ text, from: index, how: 'whole' }, index))}
          </ol>
        </>
      )}
      <h3>{texts.why.article}</h3>
      <WhyArticle text={article.text ?? ''} used={used} own={own} chosen={chosen} namesOf={inShort} />
      <WhyLeft left={left} isBefore={posts.length === 0} />
    </>
  );
}
