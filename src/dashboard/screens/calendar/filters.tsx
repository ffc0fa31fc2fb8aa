import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { postStates } from '../../../domain/post.ts';
import { accountsQuery, articlesQuery, membersQuery } from '../../api/queries.ts';
import { isPostState } from '../../parts/is-post-state.ts';
import { useNameOf } from '../../parts/use-name-of.ts';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import type { CalendarSearch } from './address.ts';
import css from './calendar.module.css';

interface FiltersProps {
  readonly search: CalendarSearch;
  readonly onChange: (change: Partial<CalendarSearch>) => void;
  readonly children: ReactNode;
}

/** Whose posts are shown. Every choice stands in the address: to come back to, and to send to a colleague. */
export function Filters({ search, onChange, children }: FiltersProps): ReactNode {
  const accounts = useQuery(accountsQuery).data ?? [];
  const sections = useQuery(articlesQuery).data?.items.flatMap(({ section }) => section ?? []) ?? [];
  const members = useQuery(membersQuery).data ?? [];
  const nameOf = useNameOf();
  const authors = ['line', ...members.map(({ id }) => id)];
  const choice = (
    name: 'account' | 'section' | 'state' | 'author',
    [label, all]: readonly [string, string],
    data: { value: string; label: string }[],
  ): ReactNode => {
    const value = search[name] ?? null;
    const isUnknown = value !== null && !data.some((one) => one.value === value);
    return (
      <Select
        size="xs"
        className={css.filter}
        aria-label={label}
        placeholder={all}
        clearable
        searchable={data.length > 8}
        clearButtonProps={{ 'aria-label': all }}
        data={isUnknown ? [...data, { value, label: value }] : data}
        value={value}
        onChange={(next) =>
          onChange(name === 'state' ? { state: isPostState(next) ? next : undefined } : { [name]: next ?? undefined })
        }
      />
    );
  };
  const { filters } = calendarTexts;
  return (
    <div className={css.filters}>
      {choice(
        'account',
        filters.account,
        accounts.map(({ id, name }) => ({ value: id, label: name })),
      )}
      {choice(
        'section',
        filters.section,
        [...new Set(sections)].sort().map((section) => ({ value: section, label: section })),
      )}
      {choice(
        'state',
        filters.state,
        postStates.map((state) => ({ value: state, label: texts.states[state] })),
      )}
      {choice(
        'author',
        filters.author,
        authors.map((id) => ({ value: id, label: nameOf(id) })),
      )}
      {children}
    </div>
  );
}
