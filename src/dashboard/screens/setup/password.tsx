import { Button, PasswordInput, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { done } from '../../shell/undo.tsx';
import { teamTexts } from '../../texts/team.ts';
import css from './setup.module.css';

/** A new password of one's own. */
export function Password(): ReactNode {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setError(null);
    try {
      await ask('PUT', '/v1/session/password', { body: { password: next, ...(current === '' ? {} : { current }) } });
      setCurrent('');
      setNext('');
      done(teamTexts.passwordSet);
      void queryClient.invalidateQueries({ queryKey: ['sessions'] });
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <form
      className={css.own}
      aria-labelledby="own-password"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2 id="own-password" className={css.heading}>
        {teamTexts.password}
      </h2>
      <Stack gap="sm">
        <PasswordInput
          label={teamTexts.currentPassword}
          description={teamTexts.currentWhy}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={teamTexts.newPassword}
          required
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        {error !== null && <ProblemCard error={error} />}
        <div>
          <Button type="submit" variant="default" disabled={next === ''}>
            {teamTexts.setPassword}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
