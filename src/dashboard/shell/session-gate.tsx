import { Button, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { ApiError, sessionEvents } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { keepFor } from '../parts/kept.ts';
import { ProblemCard } from '../parts/problem-card.tsx';
import { texts } from '../texts.ts';
import { LateModal } from './late-modal.tsx';

/** Nothing is asked of the API before it is known who is asking. A session that ends later covers the page, not the work. */
export function SessionGate({ children }: { children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ ...sessionQuery, retry: false });
  const [hasEnded, setHasEnded] = useState(false);

  useEffect(() => {
    const onEnd = (): void => setHasEnded(true);
    sessionEvents.addEventListener('ended', onEnd);
    return () => sessionEvents.removeEventListener('ended', onEnd);
  }, []);

  // What somebody else began stands on the page: whoever has signed in now begins anew.
  const isOther = data !== undefined && !keepFor(data.member?.id ?? '');
  useEffect(() => {
    if (isOther) location.reload();
  }, [isOther]);

  const goOn = async (): Promise<void> => {
    const again = await refetch();
    // What waits to be carried out was decided by the one who had the page.
    if (again.error !== null || !keepFor(again.data?.member?.id ?? '')) return;
    setHasEnded(false);
    sessionEvents.dispatchEvent(new Event('again'));
    await client.invalidateQueries();
  };

  if (isOther) return null;
  if (data === undefined) {
    if (error === null) return null;
    if (error instanceof ApiError && error.status === 401) return <SignedOut onAgain={() => void goOn()} />;
    return (
      <main>
        <ProblemCard error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  return (
    <>
      {children}
      {hasEnded && <SignedOut onAgain={() => void goOn()} />}
    </>
  );
}

function SignedOut({ onAgain }: { onAgain: () => void }): ReactNode {
  return (
    <LateModal opened onClose={() => {}} withCloseButton={false} title={texts.session.title}>
      <Stack>
        <Text>{texts.session.body}</Text>
        <Button component="a" href="/sign-in" target="_blank" rel="noopener">
          {texts.session.signIn}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {texts.session.again}
        </Button>
      </Stack>
    </LateModal>
  );
}
