import { Button, Checkbox, Group, Select, Stack, TagsInput, TextInput, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { HouseRules } from '../../../domain/house-rules.ts';
import { ask, get, problemFrom } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { houseRulesQuery } from '../../api/queries.ts';
import type { StoredRules } from '../../api/types.ts';
import { Bones } from '../../parts/bones.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { Aliases } from './aliases.tsx';
import { AutoRules } from './auto-rules.tsx';
import { PerNetwork } from './per-network.tsx';
import { SaveProblem } from './save-problem.tsx';
import css from './setup.module.css';
import { GapField, TimeFields } from './timing-fields.tsx';
import { TellingFields } from './telling-fields.tsx';

const utmNames = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** What the newsroom has decided for all its accounts. */
export function Rules({ canManage }: { canManage: boolean }): ReactNode {
  const query = useQuery(houseRulesQuery);
  if (query.data === undefined) {
    return query.error === null ? (
      <Bones rows={4} />
    ) : (
      <ProblemCard error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  return <RulesForm stored={query.data} canManage={canManage} />;
}

/** Keeps what was begun although somebody else decides meanwhile: saving then asks whose it is to be. */
function RulesForm({ stored, canManage }: { stored: StoredRules; canManage: boolean }): ReactNode {
  const [begun, setBegun] = useState<StoredRules | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { rules, version } = begun ?? stored;
  const words = texts.rules;
  const set = (change: Partial<HouseRules>): void => setBegun({ version, rules: { ...rules, ...change } });
  const setTags = (change: Partial<HouseRules['hashtags']>): void =>
    set({ hashtags: { ...rules.hashtags, ...change } });
  const faultAt = (pointer: string): string | undefined =>
    (error === null ? [] : (problemFrom(error).errors ?? [])).find((one) => one.pointer === pointer)?.message;

  const save = async (over: number): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const after = await ask<StoredRules>('PUT', '/v1/house-rules', { body: rules, version: over });
      queryClient.setQueryData(houseRulesQuery.queryKey, after);
      setBegun(null);
      done(words.saved);
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
    }
  };
  const now = (): Promise<StoredRules> => get<StoredRules>('/v1/house-rules');
  const theirs = async (): Promise<void> => {
    queryClient.setQueryData(houseRulesQuery.queryKey, await now());
    setBegun(null);
    setError(null);
  };

  return (
    <form
      aria-label={words.title}
      onSubmit={(event) => {
        event.preventDefault();
        void save(version);
      }}
    >
      <fieldset className={css.plain} disabled={!canManage}>
        <Stack gap="md">
          {!canManage && <small className={css.muted}>{words.readOnly}</small>}
          <fieldset className={css.set}>
            <legend>{words.hashtags}</legend>
            <p className={css.muted}>{words.hashtagsWhy}</p>
            {(['always', 'never', 'sensitive'] as const).map((name) => (
              <TagsInput
                key={name}
                mb={6}
                label={words.tags[name]}
                description={words.tagsWhy[name]}
                error={faultAt(`/hashtags/${name}`)}
                value={[...rules.hashtags[name]]}
                onChange={(value) => setTags({ [name]: value })}
              />
            ))}
          </fieldset>
          <Aliases
            key={`${version}-${begun === null}`}
            values={rules.hashtags.aliases}
            onChange={(aliases) => setTags({ aliases })}
          />
          <PerNetwork
            label={words.templates}
            hint={words.templatesWhy}
            values={rules.templates}
            blank={'{summary} {tags}\n{link}'}
            onChange={(templates) => set({ templates })}
            field={(id, name, value, put) => (
              <Textarea
                label={name}
                autosize
                error={faultAt(`/templates/${id}`)}
                value={value}
                onChange={(event) => put(event.currentTarget.value)}
              />
            )}
          />
          <PerNetwork
            label={words.signatures}
            hint={words.signaturesWhy}
            values={rules.signatures}
            blank=""
            onChange={(signatures) => set({ signatures })}
            field={(id, name, value, put) => (
              <TextInput
                label={name}
                error={faultAt(`/signatures/${id}`)}
                value={value}
                onChange={(event) => put(event.currentTarget.value)}
              />
            )}
          />
          <PerNetwork
            label={words.utm}
            hint={words.utmWhy}
            values={rules.utm}
            blank={{ source: '{network}', medium: 'social' }}
            onChange={(utm) => set({ utm })}
            field={(id, name, value, put) => (
              <div className={css.fields} role="group" aria-label={name}>
                {utmNames.map((parameter) => (
                  <TextInput
                    key={parameter}
                    size="xs"
                    label={`${name}: utm_${parameter}`}
                    error={faultAt(`/utm/${id}/${parameter}`)}
                    value={value[parameter] ?? ''}
                    onChange={(event) => put({ ...value, [parameter]: event.currentTarget.value || undefined })}
                  />
                ))}
              </div>
            )}
          />
          <TimeFields slotsHint={words.slotsOfHouse} timing={rules} onChange={set} />
          <div className={css.fields}>
            <GapField timing={rules} onChange={set} />
            <Select
              label={words.altText}
              allowDeselect={false}
              data={[
                { value: 'optional', label: words.altTexts.optional },
                { value: 'required', label: words.altTexts.required },
              ]}
              value={rules.altText}
              onChange={(value) => set({ altText: value === 'required' ? 'required' : 'optional' })}
            />
          </div>
          <Checkbox
            label={words.fourEyes}
            description={words.fourEyesWhy}
            checked={rules.fourEyes}
            onChange={(event) => set({ fourEyes: event.currentTarget.checked })}
          />
          <AutoRules rules={rules.auto} onChange={(auto) => set({ auto })} />
          <TellingFields telling={rules.telling} onChange={(telling) => set({ telling })} />
          <SaveProblem
            error={error}
            onTheirs={() => void theirs()}
            onMine={() => void now().then((there) => save(there.version))}
          />
          {canManage && (
            <Group className={css.saveBar}>
              <Button type="submit" loading={isBusy} disabled={begun === null}>
                {words.save}
              </Button>
              {begun !== null && (
                <Button variant="default" onClick={() => setBegun(null)}>
                  {words.drop}
                </Button>
              )}
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}
