import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { texts } from '../../texts.ts';
import css from './setup.module.css';

/** Makes a key with chosen rights; its secret is shown this once. */
export function NewKey({ onClose }: { onClose: () => void }): ReactNode {
  const scopes = useQuery(sessionQuery).data?.scopes ?? [];
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [isTest, setIsTest] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const make = async (): Promise<void> => {
    setError(null);
    try {
      const made = await post<{ secret: string | null }>('/v1/api-keys', { name, scopes: chosen, isTest });
      setSecret(made.secret ?? '');
      void queryClient.invalidateQueries({ queryKey: ['api-keys'] });
    } catch (problem) {
      setError(problem);
    }
  };
  if (secret !== null) {
    return (
      <Alert title={texts.setup.keyOnce}>
        <p>
          <code>{secret}</code>
        </p>
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => void navigator.clipboard?.writeText(secret)}>
            {texts.post.copyKey}
          </Button>
          <Button size="compact-sm" variant="default" onClick={onClose}>
            {texts.close}
          </Button>
        </Group>
      </Alert>
    );
  }
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={texts.setup.keyName}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label={texts.setup.keyScopes} value={chosen} onChange={setChosen}>
          <div className={css.scopeGrid}>
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} size="xs" />
            ))}
          </div>
        </Checkbox.Group>
        <Checkbox
          label={texts.setup.keyIsTest}
          checked={isTest}
          onChange={(event) => setIsTest(event.currentTarget.checked)}
        />
        {error !== null && <ProblemCard error={error} />}
        <Group>
          <Button type="submit" disabled={name.trim() === '' || chosen.length === 0}>
            {texts.setup.keyCreate}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
