import { Checkbox, Select, TagsInput, TextInput, Textarea } from '@mantine/core';
import type { ReactNode } from 'react';
import type { HouseRules } from '../../../domain/house-rules.ts';
import type { StoredRules } from '../../api/types.ts';
import { NewsroomForm } from '../../parts/newsroom-form.tsx';
import { rulesTexts } from '../../texts/rules.ts';
import { Aliases } from './aliases.tsx';
import { AutoRules } from './auto-rules.tsx';
import { PerNetwork } from './per-network.tsx';
import { DraftForm, WithRules } from './draft-form.tsx';
import css from './setup.module.css';
import { GapField, TimeFields } from './timing-fields.tsx';
import { rowsOf, useRulesDraft } from './use-rules-draft.ts';

const FORM = 'house-rules';
/** Of the fields below that tell their own faults. */
const pointers = ['/hashtags/always', '/hashtags/never', '/hashtags/sensitive', '/templates', '/signatures', '/utm'];
const utmNames = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** What the newsroom has decided for all its accounts. */
export function Rules({ canManage }: { canManage: boolean }): ReactNode {
  return (
    <>
      <NewsroomForm canManage={canManage} />
      <WithRules>{(stored) => <RulesForm stored={stored} canManage={canManage} />}</WithRules>
    </>
  );
}

function RulesForm({ stored, canManage }: { stored: StoredRules; canManage: boolean }): ReactNode {
  const draft = useRulesDraft({ name: FORM, stored, canManage, saved: rulesTexts.saved });
  const { rules, set, faultAt } = draft;
  const words = rulesTexts;
  const setTags = (change: Partial<HouseRules['hashtags']>): void =>
    set({ hashtags: { ...rules.hashtags, ...change } });
  return (
    <DraftForm title={words.title} readOnly={words.readOnly} draft={draft} canManage={canManage} pointers={pointers}>
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
        key={draft.round}
        values={rules.hashtags.aliases}
        slot={rowsOf(FORM)}
        isBegun={draft.isBegun}
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
    </DraftForm>
  );
}
