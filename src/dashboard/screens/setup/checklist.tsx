import { Button, VisuallyHidden } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useState } from 'react';
import {
  accountsQuery,
  articlesQuery,
  houseRulesQuery,
  membersQuery,
  networksQuery,
  newsroomQuery,
  sessionQuery,
  timelineQuery,
} from '../../api/queries.ts';
import { sourcesQuery } from '../../api/sources.ts';
import type { Session } from '../../api/types.ts';
import { setupTexts } from '../../texts/setup.ts';
import css from './setup.module.css';

interface Step {
  readonly words: string;
  readonly isDone: boolean;
  /** What it takes to do it: who may not is not told of it. */
  readonly needs: Session['scopes'][number];
  readonly to?: '/intake' | '/desk' | '/setup';
  readonly tab?: 'accounts' | 'team' | 'rules';
}

/** Set on this device once there was nothing left to do. */
const OVER = 'standfirst.checklist-over';
/** Whether somebody has said on this device that the key is backed up: nothing else can tell. */
const KEY_KEPT = 'standfirst.key-kept';

const wanted = [
  accountsQuery,
  networksQuery,
  articlesQuery,
  sourcesQuery,
  timelineQuery,
  membersQuery,
  houseRulesQuery,
  sessionQuery,
  newsroomQuery,
] as const;

/**
 * From nothing to a first post, and what to do before real use. Each step knows by itself whether it is done; once all are,
 * the corner is gone.
 */
export function Checklist(): ReactNode {
  const [isKeyKept, setIsKeyKept] = useState(() => localStorage.getItem(KEY_KEPT) !== null);
  const [wasOver] = useState(() => localStorage.getItem(OVER) !== null);
  const asked = useQueries({ queries: wanted });
  const [
    { data: accounts },
    { data: networks },
    { data: stories },
    { data: sources },
    { data: sent },
    { data: members },
    { data: house },
    { data: session },
    { data: newsroom },
  ] = asked;
  const isKnown =
    accounts !== undefined &&
    networks !== undefined &&
    stories !== undefined &&
    sources !== undefined &&
    sent !== undefined &&
    members !== undefined &&
    house !== undefined &&
    session !== undefined &&
    newsroom !== undefined;
  // Nothing is said to be open before it is known; its column is kept, so that no button beside it moves when it comes.
  if (!isKnown) return wasOver || asked.some(({ isError }) => isError) ? null : <div />;
  const { scopes } = session;
  const own = new Set(networks.filter((network) => network.isSandbox).map((network) => network.id));
  const live = accounts.filter((account) => account.state !== 'removed');
  const hasQuietHours =
    house.rules.quietHours.length > 0 ||
    live.some(({ settings }) => Array.isArray(settings['quietHours']) && settings['quietHours'].length > 0);
  const { steps } = setupTexts;
  const hasReal = live.some((account) => !own.has(account.network));
  const all: readonly Step[] = [
    { words: steps.sandbox, isDone: live.some((account) => own.has(account.network)), needs: 'accounts:manage' },
    {
      words: steps.newsroom,
      isDone: newsroom.name !== null,
      needs: 'house-rules:manage',
      to: '/setup',
      tab: 'rules',
    },
    { words: steps.story, isDone: stories.items.length > 0, needs: 'articles:write', to: '/intake' },
    { words: steps.post, isDone: sent.length > 0, needs: 'posts:publish', to: '/desk' },
    { words: steps.source, isDone: sources.length > 0, needs: 'sources:manage', to: '/intake' },
    { words: steps.account, isDone: hasReal, needs: 'accounts:manage', to: '/setup', tab: 'accounts' },
    { words: steps.invite, isDone: members.length > 1, needs: 'users:manage', to: '/setup', tab: 'team' },
    { words: steps.quiet, isDone: hasQuietHours, needs: 'house-rules:manage', to: '/setup', tab: 'rules' },
  ];
  const mine = all.filter(({ needs }) => scopes.includes(needs));
  const isKeyOpen = scopes.includes('export:read') && !isKeyKept;
  if (!isKeyOpen && mine.every(({ isDone }) => isDone)) {
    localStorage.setItem(OVER, '1');
    return null;
  }
  const keep = (): void => {
    localStorage.setItem(KEY_KEPT, '1');
    setIsKeyKept(true);
  };
  return (
    <section className={css.checklist} aria-labelledby="checklist">
      <h2 id="checklist">{setupTexts.checklist}</h2>
      <ol>
        {mine.map((step) => (
          <Line key={step.words} step={step} />
        ))}
        {isKeyOpen && (
          <li data-done="false">
            <span aria-hidden="true">○</span>
            <span>
              {steps.key}. <small>{steps.keyWhy}</small>
              <span className={css.stepButton}>
                <Button size="compact-sm" variant="default" onClick={keep}>
                  {steps.keyDone}
                </Button>
              </span>
            </span>
          </li>
        )}
      </ol>
    </section>
  );
}

function Line({ step: { words, isDone, to, tab } }: { step: Step }): ReactNode {
  return (
    <li data-done={isDone}>
      <span aria-hidden="true">{isDone ? '✓' : '○'}</span>
      <span>
        {to !== undefined && !isDone ? (
          <Link to={to} {...(tab === undefined ? {} : { search: { tab } })}>
            {words}
          </Link>
        ) : (
          words
        )}
        {isDone && <VisuallyHidden> {setupTexts.stepDone}</VisuallyHidden>}
      </span>
    </li>
  );
}
