import { Checkbox, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { AutoRule } from '../../../domain/house-rules.ts';
import type { Urgency } from '../../../domain/post.ts';
import { getAll } from '../../api/queries.ts';
import { texts } from '../../texts.ts';
import { rulesTexts } from '../../texts/rules.ts';
import css from './setup.module.css';

const urgencies = ['breaking', 'normal', 'evergreen'] as const satisfies readonly Urgency[];

/** Which sources go out without a person. */
export function AutoRules({
  rules,
  onChange,
}: {
  rules: readonly AutoRule[];
  onChange: (rules: readonly AutoRule[]) => void;
}): ReactNode {
  const sources = useQuery({
    queryKey: ['sources', 'names'],
    queryFn: async ({ signal }) => (await getAll<{ id: string; name: string }>('/v1/sources', 500, signal)).items,
  }).data;
  return (
    <fieldset className={css.set}>
      <legend>{rulesTexts.auto}</legend>
      <p className={css.muted}>{sources?.length === 0 ? rulesTexts.noSources : rulesTexts.autoWhy}</p>
      {sources?.map((source) => (
        <Checkbox.Group
          key={source.id}
          label={source.name}
          mb={6}
          value={[...(rules.find((rule) => rule.sourceId === source.id)?.urgencies ?? [])]}
          onChange={(chosen) => {
            const others = rules.filter((rule) => rule.sourceId !== source.id);
            const named = urgencies.filter((urgency) => chosen.includes(urgency));
            onChange(named.length === 0 ? others : [...others, { sourceId: source.id, urgencies: named }]);
          }}
        >
          <Group gap="md">
            {urgencies.map((urgency) => (
              <Checkbox key={urgency} size="xs" value={urgency} label={texts.urgency[urgency]} />
            ))}
          </Group>
        </Checkbox.Group>
      ))}
    </fieldset>
  );
}
