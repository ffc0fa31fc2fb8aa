import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { postStates } from '../../../domain/post.ts';
import { accountsQuery, articlesQuery, membersQuery } from '../../api/queries.ts';
import { isPostState } from '../../parts/is-post-state.ts';
import { useNameOf } from '../../parts/use-name-of.ts';
import { texts } from '../../texts.ts';
import { calendarTexts } from '../../texts/calendar.ts';
import type { CalendarSearch } from './address.ts';
import css from './calendar.module.css';

interface FiltersProps extends Pick<CalendarSearch, FilterName> {
  readonly onChange: (change: Partial<CalendarSearch>) => void;
}
type FilterName = 'account' | 'section' | 'state' | 'author';

/**
 * Whose posts are shown. Every choice stands in the address: to come back to, and to send to a colleague. Drawn again only
 * where a choice is another: four lists to choose from take as long as a week of posts.
 */
export const Filters = memo(function Filters({ onChange, ...chosen }: FiltersProps): ReactNode {
  const accounts = useQuery(accountsQuery).data ?? [];
  const sections = useQuery(articlesQuery).data?.items.flatMap(({ section }) => section ?? []) ?? [];
  const members = useQuery(membersQuery).data ?? [];
  const nameOf = useNameOf();
  const authors = ['line', ...members.map(({ id }) => id)];
  const choice = (
    name: FilterName,
    [label, all]: readonly [string, string],
    data: { value: string; label: string }[],
  ): ReactNode => {
    const value = chosen[name] ?? null;
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
    <>
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
    </>
  );
});
