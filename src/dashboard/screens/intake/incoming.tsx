import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { rereadArticle } from '../../api/actions.ts';
import { articlesQuery } from '../../api/queries.ts';
import type { ArticleItem } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { useCalmList } from '../../parts/calm-list.ts';
import { Chart } from '../../parts/chart.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FreshRow } from '../../parts/fresh-bar.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { shownTitle } from '../../parts/shown-title.ts';
import { useMay } from '../../parts/use-may.ts';
import { Time, clockOf, useNow, useZone } from '../../shell/time.tsx';
import { failed } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { intakeTexts } from '../../texts/intake.ts';
import css from './intake.module.css';

type Outcome = 'all' | ArticleItem['state'];
const HOUR_MS = 3_600_000;
const idOf = (article: ArticleItem): string => article.id;

/** Every article that came in, from wherever, with what became of it. */
export function Incoming(): ReactNode {
  const { data, error, refetch, isPending } = useQuery(articlesQuery);
  const [outcome, setOutcome] = useState<Outcome>('all');
  const found = useMemo(
    () => (data?.items ?? []).filter((article) => outcome === 'all' || article.state === outcome),
    [data, outcome],
  );
  const { shown, freshCount, load } = useCalmList(found, idOf, outcome);
  return (
    <>
      {data !== undefined && data.items.length > 0 && <Activity articles={data.items} />}
      <div className={css.logHead}>
        <h2 className={css.heading}>{intakeTexts.log}</h2>
        <SegmentedControl
          size="xs"
          aria-label={intakeTexts.log}
          value={outcome}
          onChange={(value) => setOutcome(value as Outcome)}
          data={[
            { value: 'all', label: intakeTexts.all },
            { value: 'ready', label: intakeTexts.accepted },
            { value: 'pending', label: intakeTexts.pending },
            { value: 'refused', label: intakeTexts.refused },
          ]}
        />
      </div>
      {isPending && <Bones />}
      {error !== null && data === undefined && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data !== undefined && shown.length === 0 && (
        <Empty
          title={data.items.length === 0 ? intakeTexts.empty : intakeTexts.noMatch}
          {...(data.items.length === 0 ? { why: intakeTexts.emptyWhy } : {})}
        />
      )}
      <FreshRow count={freshCount} onLoad={load} />
      {shown.length > 0 && (
        <ul className={css.list}>
          {shown.map((article) => (
            <LogLine key={article.id} article={article} />
          ))}
        </ul>
      )}
    </>
  );
}

function LogLine({ article }: { article: ArticleItem }): ReactNode {
  const mayWrite = useMay('articles:write');
  const navigate = useNavigate();
  const again = async (): Promise<void> => {
    try {
      const { id } = await rereadArticle(article.id);
      await navigate({ to: '/stories/$id', params: { id } });
    } catch (problem) {
      failed(intakeTexts.again, problem);
    }
  };
  const tone = { ready: css.good, pending: css.wait, refused: css.bad }[article.state];
  const word = {
    ready: intakeTexts.accepted,
    pending: intakeTexts.pending,
    refused: intakeTexts.refused,
  }[article.state];
  return (
    <li>
      <span className={`${css.outcome} ${tone ?? ''}`}>{word}</span>
      <span className={css.what}>
        <Link to="/stories/$id" params={{ id: article.id }} dir="auto">
          {shownTitle(article)}
        </Link>
        {article.refusal !== null && <small>{article.refusal.detail}</small>}
      </span>
      <span className={css.meta}>
        {article.state === 'ready' && `${texts.posts(article.postCount)} · `}
        {article.siteName !== null && `${article.siteName} · `}
        <Time at={article.createdAt} />
      </span>
      {mayWrite && article.state === 'refused' && article.url !== null && (
        <Button size="compact-xs" variant="default" onClick={() => void again()}>
          {intakeTexts.again}
        </Button>
      )}
    </li>
  );
}

/** How many stories came in, hour by hour. */
function Activity({ articles }: { articles: readonly ArticleItem[] }): ReactNode {
  const zone = useZone();
  const now = useNow(60_000).getTime();
  const hours = Array.from({ length: 24 }, (_, index) => now - (23 - index) * HOUR_MS);
  const count = (state: ArticleItem['state']): number[] =>
    hours.map(
      (at) =>
        articles.filter((article) => {
          const time = new Date(article.createdAt).getTime();
          return article.state === state && time > at - HOUR_MS && time <= at;
        }).length,
    );
  return (
    <div className={css.activity}>
      <Chart
        title={intakeTexts.stories}
        hint={intakeTexts.activity}
        labels={hours.map((at) => clockOf(new Date(at), zone))}
        labelName={intakeTexts.hour}
        kind="bars"
        show={String}
        series={[
          { name: intakeTexts.accepted, tone: 'green', values: count('ready') },
          { name: intakeTexts.refused, tone: 'red', values: count('refused') },
        ]}
      />
    </div>
  );
}
