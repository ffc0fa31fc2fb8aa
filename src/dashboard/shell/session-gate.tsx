import { Button, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { ApiError, problemFrom, sessionEvents } from '../api/client.ts';
import { sessionQuery } from '../api/queries.ts';
import { keepFor, noteHere, wasHere } from '../parts/kept.ts';
import { ProblemCard } from '../parts/problem-card.tsx';
import { texts } from '../texts.ts';
import { LateModal } from './late-modal.tsx';

/** Nothing is asked of the API before it is known who is asking. A session that ends later covers the page, not the work. */
export function SessionGate({ children }: { children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ ...sessionQuery, retry: false });
  const [hasEnded, setHasEnded] = useState(false);
  const [again, setAgain] = useState<{ readonly isAsked: boolean; readonly why: string | null }>(untried);

  useEffect(() => {
    const onEnd = (): void => setHasEnded(true);
    sessionEvents.addEventListener('ended', onEnd);
    return () => sessionEvents.removeEventListener('ended', onEnd);
  }, []);

  // What somebody else began stands on the page: whoever has signed in now begins anew.
  const isOther = data !== undefined && !keepFor(data.member?.id ?? '');
  const isIn = data !== undefined;
  useEffect(() => {
    if (isOther) location.reload();
    else if (isIn) noteHere();
  }, [isOther, isIn]);

  const goOn = async (): Promise<void> => {
    setAgain({ isAsked: true, why: null });
    const { data: found, error: why } = await refetch();
    if (why !== null) {
      return setAgain({ isAsked: false, why: isUnknown(why) ? texts.session.stillOut : problemFrom(why).detail });
    }
    setAgain(untried);
    // What waits to be carried out was decided by the one who had the page.
    if (!keepFor(found?.member?.id ?? '')) return;
    setHasEnded(false);
    sessionEvents.dispatchEvent(new Event('again'));
    await client.invalidateQueries();
  };
  const signedOut = (isFirst: boolean): ReactNode => (
    <SignedOut isFirst={isFirst} why={again.why} onAgain={() => void goOn()} />
  );

  if (isOther) return null;
  if (data === undefined) {
    // The first answer is forgotten while it is asked again; what is read and pressed stays where it is.
    if (again.isAsked || isUnknown(error)) return signedOut(!wasHere());
    if (error === null) return null;
    return (
      <main>
        <ProblemCard error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  return (
    <>
      {children}
      {hasEnded && signedOut(false)}
    </>
  );
}

const untried = { isAsked: false, why: null };

function isUnknown(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 401;
}

interface SignedOutProps {
  /** Nobody was ever signed in with this browser. */
  readonly isFirst: boolean;
  /** Why it did not go on, where it was tried. */
  readonly why: string | null;
  readonly onAgain: () => void;
}

function SignedOut({ isFirst, why, onAgain }: SignedOutProps): ReactNode {
  const words = isFirst ? texts.session.first : texts.session;
  return (
    <LateModal opened onClose={() => {}} withCloseButton={false} title={words.title}>
      <Stack>
        <Text>{words.body}</Text>
        {isFirst && (
          <Text>
            {texts.session.first.anew} <code>{texts.session.first.command}</code>
          </Text>
        )}
        <Button component="a" href="/sign-in" target="_blank" rel="noopener">
          {texts.session.signIn}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {texts.session.again}
        </Button>
        {why !== null && (
          <Text role="alert" c="var(--sf-red)">
            {why}
          </Text>
        )}
      </Stack>
    </LateModal>
  );
}
