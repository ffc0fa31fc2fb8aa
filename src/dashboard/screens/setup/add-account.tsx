import { Anchor, Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Network } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { fieldsOf, labelOf, variantsOf } from './credential-fields.ts';
import { SchemaFields, givenOf } from './schema-fields.tsx';
import css from './setup.module.css';

interface AddAccountProps {
  readonly networks: readonly Network[];
  readonly onClose: () => void;
}

/** A form drawn from what the network itself says an account must give. */
export function AddAccount({ networks, onClose }: AddAccountProps): ReactNode {
  const [networkId, setNetworkId] = useState<string | null>(null);
  const [variant, setVariant] = useState(0);
  const [name, setName] = useState('');
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({});
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [isByConsent, setIsByConsent] = useState(true);
  const network = networks.find((one) => one.id === networkId);
  const consent = isByConsent ? (network?.consent ?? null) : null;
  const variants = network === undefined ? [] : variantsOf(consent ?? network.credentials);
  const schema = variants[variant] ?? variants[0];
  const fields = schema === undefined ? [] : fieldsOf(schema);

  const connect = async (): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const given = givenOf(fields, values);
      if (consent !== null) {
        const { url } = await post<{ url: string | null }>('/v1/connections', { network: networkId, app: given });
        // The network's page sends the browser back to a page of ours that says what was connected.
        if (url !== null) location.assign(url);
        return;
      }
      await post('/v1/accounts', {
        network: networkId,
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        credentials: given,
      });
      done(texts.setup.connected);
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
      void queryClient.invalidateQueries({ queryKey: ['accounts'] });
    }
  };

  return (
    <form
      className={css.form}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void connect();
      }}
    >
      <Stack gap="sm">
        <Select
          label={texts.setup.network}
          data={networks.map((one) => ({ value: one.id, label: one.name }))}
          value={networkId}
          searchable
          onChange={(value) => {
            setNetworkId(value);
            setVariant(0);
            setValues({});
          }}
        />
        {network !== undefined && network.consent !== null && (
          <SegmentedControl
            aria-label={texts.setup.way}
            data={[
              { value: 'consent', label: texts.setup.byConsent },
              { value: 'form', label: texts.setup.byForm },
            ]}
            value={isByConsent ? 'consent' : 'form'}
            onChange={(value) => {
              setIsByConsent(value === 'consent');
              setVariant(0);
              setValues({});
            }}
          />
        )}
        {consent !== null && <small className={css.muted}>{texts.setup.consentWhy}</small>}
        {variants.length > 1 && (
          <Select
            label={texts.setup.variant}
            data={variants.map((one, index) => ({ value: String(index), label: labelOf(one, index) }))}
            value={String(variant)}
            allowDeselect={false}
            onChange={(value) => {
              setVariant(Number(value ?? 0));
              setValues({});
            }}
          />
        )}
        {network !== undefined && consent === null && (
          <TextInput label={texts.setup.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        )}
        <SchemaFields fields={fields} values={values} onChange={setValues} />
        {network !== undefined && Object.keys(network.rules).length > 0 && (
          <small>
            {texts.setup.rules}:{' '}
            {Object.entries(network.rules).map(([rule, url], index) => (
              <span key={rule}>
                {index > 0 && ', '}
                <Anchor href={url} target="_blank" rel="noreferrer" size="sm">
                  {rule}
                </Anchor>
              </span>
            ))}
          </small>
        )}
        {error !== null && <ProblemCard error={error} />}
        <Group>
          <Button type="submit" loading={isBusy} disabled={network === undefined}>
            {consent === null ? texts.setup.connect : texts.setup.toConsent}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
