import { Anchor, Button, Checkbox, Group, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Network } from '../../api/types.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { fieldsOf, labelOf, variantsOf } from './credential-fields.ts';
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
  const network = networks.find((one) => one.id === networkId);
  const variants = network === undefined ? [] : variantsOf(network.credentials);
  const schema = variants[variant] ?? variants[0];
  const fields = schema === undefined ? [] : fieldsOf(schema);

  const connect = async (): Promise<void> => {
    setIsBusy(true);
    setError(null);
    const fixed = Object.fromEntries(
      fields.flatMap((field) => (field.fixed === null ? [] : [[field.name, field.fixed]])),
    );
    const given = Object.fromEntries(
      fields.flatMap((field) => {
        const value = values[field.name];
        if (value === undefined || value === '') return [];
        return [[field.name, field.kind === 'number' ? Number(value) : value]];
      }),
    );
    try {
      await post('/v1/accounts', {
        network: networkId,
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        credentials: { ...fixed, ...given },
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
        {network !== undefined && (
          <TextInput label={texts.setup.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        )}
        {fields
          .filter((field) => field.fixed === null)
          .map((field) => {
            const set = (value: unknown): void => setValues({ ...values, [field.name]: value });
            const shared = { label: field.label, description: field.description, required: field.isRequired };
            if (field.kind === 'boolean') {
              return (
                <Checkbox
                  key={field.name}
                  label={field.label}
                  description={field.description}
                  checked={values[field.name] === true}
                  onChange={(event) => set(event.currentTarget.checked)}
                />
              );
            }
            if (field.choices.length > 0) {
              return (
                <Select
                  key={field.name}
                  {...shared}
                  data={[...field.choices]}
                  value={(values[field.name] as string | undefined) ?? null}
                  onChange={set}
                />
              );
            }
            const Input = field.isSecret ? PasswordInput : TextInput;
            return (
              <Input
                key={field.name}
                {...shared}
                value={String(values[field.name] ?? '')}
                onChange={(event) => set(event.currentTarget.value)}
              />
            );
          })}
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
            {texts.setup.connect}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
