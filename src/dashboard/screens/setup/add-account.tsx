import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Network } from '../../api/types.ts';
import { ConnectFields, blank, connectionIn } from '../../parts/connect-fields.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { done } from '../../shell/undo.tsx';
import { texts } from '../../texts.ts';
import { setupTexts } from '../../texts/setup.ts';
import css from './setup.module.css';

interface AddAccountProps {
  readonly networks: readonly Network[];
  readonly onClose: () => void;
}

/** Connects an account that is not here yet. */
export function AddAccount({ networks, onClose }: AddAccountProps): ReactNode {
  const [networkId, setNetworkId] = useState<string | null>(null);
  const [filled, setFilled] = useState(blank);
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const network = networks.find((one) => one.id === networkId);
  const isByConsent = network !== undefined && connectionIn(network, filled).isByConsent;

  const connect = async (to: Network): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const { given } = connectionIn(to, filled);
      if (isByConsent) {
        const { url } = await post<{ url: string | null }>('/v1/connections', { network: to.id, app: given });
        // The network's page sends the browser back to a page of ours that says what was connected.
        if (url !== null) location.assign(url);
        return;
      }
      await post('/v1/accounts', {
        network: to.id,
        ...(name.trim() === '' ? {} : { name: name.trim() }),
        credentials: given,
      });
      done(setupTexts.connected);
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
        if (network !== undefined) void connect(network);
      }}
    >
      <Stack gap="sm">
        <Select
          label={setupTexts.network}
          data={networks.map((one) => ({ value: one.id, label: one.name }))}
          value={networkId}
          searchable
          onChange={(value) => {
            setNetworkId(value);
            setFilled(blank);
          }}
        />
        {network !== undefined && !isByConsent && (
          <TextInput label={setupTexts.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        )}
        {network !== undefined && <ConnectFields network={network} filled={filled} onChange={setFilled} />}
        {error !== null && <ProblemCard error={error} />}
        <Group>
          <Button type="submit" loading={isBusy} disabled={network === undefined}>
            {isByConsent ? setupTexts.toConsent : setupTexts.connect}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
