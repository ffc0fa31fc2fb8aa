import { Alert, Anchor, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { ask, get, post } from '../api/client.ts';
import { networksQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import type { Account, Network } from '../api/types.ts';
import { AccountProblem } from '../parts/account-problem.tsx';
import { ConnectFields, blank, connectionIn } from '../parts/connect-fields.tsx';
import { ProblemCard } from '../parts/problem-card.tsx';
import { texts } from '../texts.ts';
import { setupTexts } from '../texts/setup.ts';

interface ReconnectFormProps {
  readonly account: Account;
  readonly onClose: () => void;
  readonly onDone: (after: Account) => void;
}

const words = texts.connect;
/** The account is asked for itself: consent is given in another tab, and an event may not come. */
const LOOK_MS = 2_000;
const TEXT_FIELD = 'input:not([type="radio"])';

/** What an account signs in with, anew. The page of consent opens in a tab of its own, so that nothing here is lost. */
export function ReconnectForm({ account, onClose, onDone }: ReconnectFormProps): ReactNode {
  const network = useQuery(networksQuery).data?.find((one) => one.id === account.network);
  const [filled, setFilled] = useState(blank);
  const [resume, setResume] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [consentUrl, setConsentUrl] = useState<string | null>(null);
  if (network === undefined) return <Text size="sm">{texts.loading}</Text>;
  if (consentUrl !== null) {
    return (
      <Waiting
        account={account}
        network={network}
        url={consentUrl}
        onAgain={() => setConsentUrl(null)}
        onDone={onDone}
      />
    );
  }
  const { isByConsent, given } = connectionIn(network, filled);
  const send = async (): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      if (isByConsent) {
        const body = { network: network.id, app: given, accountId: account.id, resume };
        setConsentUrl((await post<{ url: string | null }>('/v1/connections', body)).url);
        return;
      }
      const path = `/v1/accounts/${account.id}/credentials`;
      onDone(await ask<Account>('PUT', path, { body: { credentials: given, resume } }));
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
      void queryClient.invalidateQueries({ queryKey: ['accounts'] });
    }
  };
  return (
    <form
      ref={focusFirst}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        {account.problem !== null && (
          <Alert color="red">
            <AccountProblem account={account} />
          </Alert>
        )}
        <Text size="sm">{words.same}</Text>
        <ConnectFields network={network} filled={filled} onChange={setFilled} />
        {account.state === 'paused' && (
          <Checkbox
            label={words.resume}
            description={words.resumeWhy}
            checked={resume}
            onChange={(event) => setResume(event.currentTarget.checked)}
          />
        )}
        {error !== null && <ProblemCard error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <Button type="submit" loading={isBusy}>
            {isByConsent ? setupTexts.toConsent : words.reconnect}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The window looks for what takes the focus once, and this may come later. */
function focusFirst(element: HTMLElement | null): void {
  const field = element?.matches('a') === true ? element : element?.querySelector<HTMLElement>(TEXT_FIELD);
  field?.setAttribute('data-autofocus', '');
  field?.focus();
}

interface WaitingProps {
  readonly account: Account;
  readonly network: Network;
  readonly url: string;
  readonly onAgain: () => void;
  readonly onDone: (after: Account) => void;
}

/** Until the person has said yes in the other tab. */
function Waiting({ account, network, url, onAgain, onDone }: WaitingProps): ReactNode {
  const now = useQuery({
    queryKey: ['accounts', account.id],
    queryFn: ({ signal }) => get<Account>(`/v1/accounts/${account.id}`, signal),
    refetchInterval: LOOK_MS,
  }).data;
  const isDone = now !== undefined && now.credentialsAt !== account.credentialsAt;
  useEffect(() => {
    if (isDone) onDone(now);
  }, [isDone, now, onDone]);
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {words.waiting(network.name)}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onAgain}>
          {words.again}
        </Button>
        <Button component={Anchor<'a'>} href={url} target="_blank" rel="noreferrer" ref={focusFirst}>
          {words.open(network.name)}
        </Button>
      </Group>
    </Stack>
  );
}
