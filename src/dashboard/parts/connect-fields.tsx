import { Anchor, SegmentedControl, Select } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Network } from '../api/types.ts';
import { texts } from '../texts.ts';
import css from './cards.module.css';
import type { Field } from './credential-fields.ts';
import { fieldsOf, labelOf, variantsOf } from './credential-fields.ts';
import { SchemaFields, givenOf } from './schema-fields.tsx';

/** How somebody connects an account, and what they filled in. */
export interface Filled {
  readonly isByConsent: boolean;
  readonly variant: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The page of consent, where the network has one: no token passes through anybody's hands. */
export const blank: Filled = { isByConsent: true, variant: 0, values: {} };

interface Asked {
  readonly isByConsent: boolean;
  /** The ways to sign in, a JSON Schema each. */
  readonly variants: readonly Readonly<Record<string, unknown>>[];
  readonly fields: readonly Field[];
}

function askedBy(network: Network, { isByConsent, variant }: Filled): Asked {
  const consent = isByConsent ? network.consent : null;
  const variants = variantsOf(consent ?? network.credentials);
  const schema = variants[variant] ?? variants[0];
  return { isByConsent: consent !== null, variants, fields: schema === undefined ? [] : fieldsOf(schema) };
}

/** What was filled in, as the API takes it: an app for the page of consent, or else credentials. */
export function connectionIn(
  network: Network,
  filled: Filled,
): { readonly isByConsent: boolean; readonly given: Readonly<Record<string, unknown>> } {
  const { isByConsent, fields } = askedBy(network, filled);
  return { isByConsent, given: givenOf(fields, filled.values) };
}

interface ConnectFieldsProps {
  readonly network: Network;
  readonly filled: Filled;
  readonly onChange: (filled: Filled) => void;
}

/** A form drawn from what the network itself says an account, or an app, must give. */
export function ConnectFields({ network, filled, onChange }: ConnectFieldsProps): ReactNode {
  const { isByConsent, variants, fields } = askedBy(network, filled);
  const rules = Object.entries(network.rules);
  return (
    <>
      {network.consent !== null && (
        <SegmentedControl
          aria-label={texts.connect.way}
          data={[
            { value: 'consent', label: texts.connect.byConsent },
            { value: 'form', label: texts.connect.byForm },
          ]}
          value={isByConsent ? 'consent' : 'form'}
          onChange={(value) => onChange({ ...blank, isByConsent: value === 'consent' })}
        />
      )}
      {isByConsent && <small className={css.muted}>{texts.connect.consentWhy}</small>}
      {variants.length > 1 && (
        <Select
          label={texts.connect.variant}
          data={variants.map((one, index) => ({ value: String(index), label: labelOf(one, index) }))}
          value={String(filled.variant)}
          allowDeselect={false}
          onChange={(value) => onChange({ ...filled, variant: Number(value ?? 0), values: {} })}
        />
      )}
      <SchemaFields fields={fields} values={filled.values} onChange={(values) => onChange({ ...filled, values })} />
      {rules.length > 0 && (
        <small>
          {texts.connect.rules}:{' '}
          {rules.map(([rule, url], index) => (
            <span key={rule}>
              {index > 0 && ', '}
              <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
                {rule}
              </Anchor>
            </span>
          ))}
        </small>
      )}
    </>
  );
}
