import { Checkbox, MultiSelect, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { tellings } from '../../../domain/house-rules.ts';
import type { Telling } from '../../../domain/house-rules.ts';
import { accountsQuery, networksQuery } from '../../api/queries.ts';
import { NumberField } from '../../parts/number-field.tsx';
import { rulesTexts } from '../../texts/rules.ts';
import { notifications } from '../../texts/settings.ts';
import { installationQuery } from './installation-query.ts';
import css from './setup.module.css';
import type { RulesDraft } from './use-rules-draft.ts';

const MINUTE_MS = 60_000;
/** So that the fields stand in one line whatever is said below them. */
const below = ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[];

interface TellingFieldsProps {
  readonly telling: Telling;
  readonly faultAt: RulesDraft['faultAt'];
  readonly onChange: (telling: Telling) => void;
}

/** The fields below, at which a fault is told. */
export const tellingPointers = ['/telling/mail', '/telling/accounts', '/telling/quietMs'];

/** Who is told when something goes wrong, and of what. */
export function TellingFields({ telling, faultAt, onChange }: TellingFieldsProps): ReactNode {
  const networks = useQuery(networksQuery).data ?? [];
  const accounts = useQuery(accountsQuery).data;
  const hasMail = useQuery(installationQuery).data?.hasMail;
  const takes = new Set(networks.filter((network) => network.powers['tells'] === true).map((network) => network.id));
  const takers = accounts?.filter((account) => takes.has(account.network) && account.state !== 'removed');
  const words = rulesTexts;
  const set = (change: Partial<Telling>): void => onChange({ ...telling, ...change });
  return (
    <fieldset className={css.set}>
      <legend>{words.telling}</legend>
      <p className={css.muted}>{words.tellingWhy}</p>
      <div className={css.fieldsTop}>
        <TagsInput
          label={words.mail}
          inputWrapperOrder={below}
          description={hasMail === false ? notifications.noMail : null}
          error={faultAt('/telling/mail')}
          value={[...telling.mail]}
          onChange={(mail) => set({ mail })}
        />
        <MultiSelect
          label={words.tellingAccounts}
          inputWrapperOrder={below}
          description={takers?.length === 0 ? notifications.noTakers : null}
          error={faultAt('/telling/accounts')}
          data={(takers ?? []).map((account) => ({ value: account.id, label: account.name }))}
          value={[...telling.accounts]}
          onChange={(chosen) => set({ accounts: chosen })}
        />
        <NumberField
          label={words.quietFor}
          range={{ min: 1, max: 1_440, decimals: 2 }}
          error={faultAt('/telling/quietMs')}
          value={telling.quietMs / MINUTE_MS}
          onChange={(minutes) => set({ quietMs: Math.round(minutes * MINUTE_MS) })}
        />
      </div>
      <Checkbox.Group
        mt="sm"
        label={words.tellingOf}
        value={[...telling.of]}
        onChange={(chosen) => set({ of: tellings.filter((kind) => chosen.includes(kind)) })}
      >
        <div className={css.scopeGrid}>
          {tellings.map((kind) => (
            <Checkbox key={kind} size="xs" value={kind} label={words.tellings[kind]} />
          ))}
        </div>
      </Checkbox.Group>
    </fieldset>
  );
}
