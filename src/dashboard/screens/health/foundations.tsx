import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { foundationsQuery } from '../../api/queries.ts';
import type { Foundations as Seen } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { Time, spanOf } from '../../shell/time.tsx';
import { healthTexts } from '../../texts/health.ts';
import { megabytesOf } from './amounts.ts';
import css from './health.module.css';

const words = healthTexts;
/** A database that takes longer for the simplest question makes every post late. */
const SLOW_MS = 250;

const marks = {
  ok: { className: css.good, sign: '✓' },
  advice: { className: css.warn, sign: '!' },
  wrong: { className: css.broken, sign: '✗' },
} as const;

/** Database, queue, clocks, feeds, receivers: what must hold for posts to go out. */
export function Foundations({ now }: { now: number }): ReactNode {
  const seen = useQuery(foundationsQuery);
  const { data } = seen;
  return (
    <section className={`${css.foundations} ${css.wholeRow}`} aria-labelledby="foundations">
      <h2 id="foundations">{words.parts}</h2>
      {seen.error !== null && data === undefined && (
        <ProblemCard error={seen.error} onRetry={() => void seen.refetch()} />
      )}
      {data !== undefined && (
        <div className={css.twoSides}>
          <ul>
            {data.checks.map(({ name, state, sentence }) => (
              <li key={name} data-check={name}>
                <span className={marks[state].className}>
                  {marks[state].sign} {words.states[state]}
                </span>
                <span className={css.name}>{words.checks[name]}</span>
                {sentence !== '' && <span>{sentence}</span>}
              </li>
            ))}
          </ul>
          <dl className={css.facts}>
            {factsOf(data, now).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </section>
  );
}

function factsOf({ database, queue, clockApartMs, feeds, webhooks }: Seen, now: number): [string, ReactNode][] {
  return [
    ['PostgreSQL', database === null ? words.away : <DatabaseFacts of={database} />],
    [words.queue, queue.kind === 'postgres' ? words.queueInside : <RedisFacts of={queue.redis} />],
    [words.clocks, clockApartMs === null ? words.away : words.apart(Math.abs(clockApartMs), clockApartMs >= 0)],
    [words.feeds, feeds === null ? words.away : <Feeds of={feeds} />],
    [words.webhooks, webhooks === null ? words.away : <Webhooks of={webhooks} now={now} />],
  ];
}

function DatabaseFacts({ of }: { of: NonNullable<Seen['database']> }): ReactNode {
  return (
    <>
      {of.version} · {megabytesOf(of.sizeBytes)} · {words.connections(of.connections, of.maxConnections)} ·{' '}
      <span className={of.answerMs > SLOW_MS ? css.broken : ''}>
        {words.answers(of.answerMs)}
        {of.answerMs > SLOW_MS && ` – ${words.slow}`}
      </span>
    </>
  );
}

function RedisFacts({ of }: { of: Seen['queue']['redis'] }): ReactNode {
  if (of === null) return <span className={css.broken}>{words.redisAway}</span>;
  const isSafe = of.policy === null || of.policy === 'noeviction';
  const most = of.maxMemoryBytes === null ? null : megabytesOf(of.maxMemoryBytes);
  return (
    <>
      Redis {of.version} · {words.memoryOf(megabytesOf(of.memoryBytes), most)} ·{' '}
      <span className={isSafe ? '' : css.broken}>maxmemory-policy {of.policy ?? '?'}</span> ·{' '}
      <span className={of.appendOnly === 'no' ? css.warn : ''}>appendonly {of.appendOnly ?? '?'}</span>
    </>
  );
}

function Feeds({ of }: { of: NonNullable<Seen['feeds']> }): ReactNode {
  return (
    <>
      {words.counts(of.active, of.paused)}
      {of.failing.map((feed) => (
        <span key={feed.id} className={css.line}>
          <Link to="/intake">{feed.name}</Link> <span className={css.broken}>{words.fails}</span>
          {feed.since !== null && (
            <>
              {' '}
              {words.since} <Time at={feed.since} />
            </>
          )}
        </span>
      ))}
      {of.failingCount > of.failing.length && (
        <span className={css.line}>{words.more(of.failingCount - of.failing.length)}</span>
      )}
    </>
  );
}

function Webhooks({ of, now }: { of: NonNullable<Seen['webhooks']>; now: number }): ReactNode {
  const age = of.oldestWaitingAt === null ? null : spanOf(now - new Date(of.oldestWaitingAt).getTime());
  return (
    <>
      {words.counts(of.active, of.paused)}
      {age !== null && ` · ${words.waiting(of.waiting, age)}`}
      {of.failingCount + of.disabled > 0 && (
        <span className={css.line}>
          <Link to="/setup" search={{ tab: 'developer' }}>
            {words.webhooksWrong(of.failingCount, of.disabled)}
          </Link>
        </span>
      )}
    </>
  );
}
