import { Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { post } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { sessionQuery } from '../../api/queries.ts';
import { serverNow } from '../../api/server-clock.ts';
import { KeptMark } from '../../parts/kept-mark.tsx';
import { ProblemCard } from '../../parts/problem-card.tsx';
import { useKept } from '../../parts/use-kept.ts';
import { texts } from '../../texts.ts';
import { setupTexts } from '../../texts/setup.ts';
import { developerTexts } from '../../texts/developer.ts';
import css from './setup.module.css';
import { ShownOnce } from './shown-once.tsx';

const DAY_MS = 24 * 3_600_000;
const { lifetimes } = developerTexts;

/** Where a key is kept that somebody describes and has not made. */
export const KEY_SLOT = 'key';

interface Described {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly lasts: keyof typeof lifetimes;
  readonly isTest: boolean;
}

/** Makes a key with chosen rights; its secret is shown this once. */
export function NewKey({ onClose }: { onClose: () => void }): ReactNode {
  const scopes = useQuery(sessionQuery).data?.scopes ?? [];
  const kept = useKept<Described>(KEY_SLOT, { name: '', scopes: [], lasts: '0', isTest: false });
  const { name, lasts, isTest } = kept.typed;
  // What the member may give no longer is not given unseen.
  const chosen = kept.typed.scopes.filter((scope) => scopes.some((one) => one === scope));
  const set = (change: Partial<Described>): void => kept.type({ ...kept.typed, ...change });
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
      kept.forget();
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
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Checkbox.Group label={setupTexts.keyScopes} value={chosen} onChange={(next) => set({ scopes: next })}>
          <div className={css.scopeGrid}>
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scope} size="xs" />
            ))}
          </div>
        </Checkbox.Group>
        <Checkbox
          label={setupTexts.keyIsTest}
          checked={isTest}
          onChange={(event) => set({ isTest: event.currentTarget.checked })}
        />
        <Select
          label={developerTexts.lasts}
          allowDeselect={false}
          data={Object.entries(lifetimes).map(([value, label]) => ({ value, label }))}
          value={lasts}
          onChange={(value) => set({ lasts: value as keyof typeof lifetimes })}
        />
        {error !== null && <ProblemCard error={error} />}
        <Group>
          <Button type="submit" disabled={name.trim() === '' || chosen.length === 0}>
            {setupTexts.keyCreate}
          </Button>
          <Button variant="default" onClick={onClose}>
            {texts.cancel}
          </Button>
          <KeptMark of={kept} />
        </Group>
      </Stack>
    </form>
  );
}
