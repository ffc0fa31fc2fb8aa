import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import {
  accountsQuery,
  articlesQuery,
  houseRulesQuery,
  membersQuery,
  networksQuery,
  timelineQuery,
} from '../../api/queries.ts';
import { texts } from '../../texts.ts';
import css from './setup.module.css';

/** From nothing to a first post, and what to do before real use. Each step knows by itself whether it is done. */
export function Checklist(): ReactNode {
  const accounts = useQuery(accountsQuery).data ?? [];
  const networks = useQuery(networksQuery).data ?? [];
  const stories = useQuery(articlesQuery).data?.items ?? [];
  const sent = useQuery(timelineQuery).data ?? [];
  const members = useQuery(membersQuery).data ?? [];
  const house = useQuery(houseRulesQuery).data?.rules;
  const own = new Set(networks.filter((network) => network.isSandbox).map((network) => network.id));
  const live = accounts.filter((account) => account.state !== 'removed');
  const hasQuietHours =
    (house?.quietHours.length ?? 0) > 0 ||
    live.some(({ settings }) => Array.isArray(settings['quietHours']) && settings['quietHours'].length > 0);
  const { steps } = texts.setup;
  const list = [
    { words: steps.sandbox, isDone: live.some((account) => own.has(account.network)) },
    { words: steps.story, isDone: stories.length > 0, to: '/intake' },
    { words: steps.post, isDone: sent.length > 0, to: '/desk' },
    { words: steps.account, isDone: live.some((account) => !own.has(account.network)), to: '/setup', tab: 'accounts' },
    { words: steps.invite, isDone: members.length > 1, to: '/setup', tab: 'team' },
    { words: steps.quiet, isDone: hasQuietHours, to: '/setup', tab: 'rules' },
  ] as const;
  return (
    <section className={css.checklist} aria-labelledby="checklist">
      <h2 id="checklist">{texts.setup.checklist}</h2>
      <ol>
        {list.map((step) => (
          <li key={step.words} data-done={step.isDone}>
            <span aria-hidden="true">{step.isDone ? '✓' : '○'}</span>
            <span>
              {'to' in step && !step.isDone ? (
                <Link to={step.to} {...('tab' in step ? { search: { tab: step.tab } } : {})}>
                  {step.words}
                </Link>
              ) : (
                step.words
              )}
            </span>
          </li>
        ))}
        <li>
          <span aria-hidden="true">•</span>
          <span>
            {steps.key}. <small>{steps.keyWhy}</small>
          </span>
        </li>
      </ol>
    </section>
  );
}
