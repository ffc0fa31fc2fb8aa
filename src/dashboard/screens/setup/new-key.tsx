import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { serverNow } from '../../api/server-clock.ts';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { texts } from '../../texts.ts';
import { setupTexts } from '../../texts/setup.ts';
import { developerTexts } from '../../texts/developer.ts';
import css from './setup.module.css';
import { ShownOnce } from './shown-once.tsx';

const DAY_MS = 24 * 3_600_000;
const { lifetimes } = developerTexts;

/** Makes a key with chosen rights; its secret is shown this once. */
export function NewKey({ onClose }: { onClose: () => void }): ReactNode {
  const scopes = useQuery(sessionQuery).data?.scopes ?? [];
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [lasts, setLasts] = useState<keyof typeof lifetimes>('0');
  const [isTest, setIsTest] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const make = async (): Promise<void> => {
    setError(null);
    try {
      const made = await post<{ secret: string | null }>('/v1/api-keys', {
        name,
        scopes: chosen,
        isTest,
        ...(lasts === '0' ? {} : { expiresAt: new Date(serverNow() + Number(lasts) * DAY_MS).toISOString() }),
      });
      setSecret(made.secret ?? '');
      void queryClient.invalidateQueries({ queryKey: ['api-keys'] });
    } catch (problem) {
      setError(problem);
    }
  };
  if (secret !== null) return <ShownOnce title={setupTexts.keyOnce} value={secret} onClose={onClose} />;
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
          label={setupTexts.keyName}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label={setupTexts.keyScopes} value={chosen} onChange={setChosen}>
          <div className={css.scopeGrid}>
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} size="xs" />
            ))}
          </div>
        </Checkbox.Group>
        <Checkbox
          label={setupTexts.keyIsTest}
          checked={isTest}
          onChange={(event) => setIsTest(event.currentTarget.checked)}
        />
        <Select
          label={developerTexts.lasts}
          allowDeselect={false}
          data={Object.entries(lifetimes).map(([value, label]) => ({ value, label }))}
          value={lasts}
          onChange={(value) => setLasts(value as keyof typeof lifetimes)}
        />
        {error !== null && <ProblemCard error={error} />}
        <Group>
          <Button type="submit" disabled={name.trim() === '' || chosen.length === 0}>
            {setupTexts.keyCreate}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
