import { Button, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { ask, get, problemFrom } from '../api/client.ts';
import { newsroomQuery, sessionQuery } from '../api/queries.ts';
import { faultAt, isIn } from '../api/told.ts';
import type { Newsroom } from '../api/types.ts';
import { viewerZone } from '../shell/time.tsx';
import { done } from '../shell/undo.tsx';
import { newsroom as words } from '../texts/newsroom.ts';
import { nameFromHost } from './name-from-host.ts';
import css from './newsroom-form.module.css';
import { SaveProblem } from './save-problem.tsx';

type Said = Pick<Newsroom, 'name' | 'timeZone'>;

/** At the first run, before anybody has said who this is: what is proposed only needs to be kept. Else nothing. */
export function FirstNewsroom(): ReactNode {
  const stored = useQuery(newsroomQuery).data;
  const mayManage = useQuery(sessionQuery).data?.scopes.includes('house-rules:manage') === true;
  return stored?.version === 0 && mayManage ? <Fields stored={stored} canManage /> : null;
}

/** The newsroom's name and zone. */
export function NewsroomForm({ canManage }: { canManage: boolean }): ReactNode {
  const stored = useQuery(newsroomQuery).data;
  return stored === undefined ? null : <Fields stored={stored} canManage={canManage} />;
}

function Fields({ stored, canManage }: { stored: Newsroom; canManage: boolean }): ReactNode {
  const client = useQueryClient();
  const [begun, setBegun] = useState<(Said & { version: number }) | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const isFirst = stored.version === 0;
  const shown: Said = begun ?? (isFirst ? proposalFor(stored) : stored);
  const set = (change: Partial<Said>): void => setBegun({ version: stored.version, ...shown, ...begun, ...change });

  const name = shown.name?.trim() ?? '';
  // One that was never named keeps that where only its clock is changed.
  const lacksName = name === '' && (isFirst || stored.name !== null);

  const save = async (version: number): Promise<void> => {
    setIsBusy(true);
    setError(null);
    const body = { name: name === '' ? null : name, timeZone: shown.timeZone };
    try {
      const after = await ask<Newsroom>('PUT', '/v1/newsroom', { body, version });
      setBegun(null);
      client.setQueryData(newsroomQuery.queryKey, after);
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      done(words.saved);
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
    }
  };
  const takeTheirs = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: newsroomQuery.queryKey });
    setBegun(null);
    setError(null);
  };
  const saidAt = (field: string): string | undefined =>
    error === null ? undefined : faultAt(problemFrom(error), field);

  return (
    <form
      className={css.newsroom}
      aria-label={words.title}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        setIsAsked(true);
        if (!lacksName) void save(begun?.version ?? stored.version);
      }}
    >
      <h2>{words.title}</h2>
      <p>{words.why}</p>
      <fieldset disabled={!canManage}>
        <TextInput
          label={words.name}
          placeholder={words.nameExample}
          maxLength={100}
          error={isAsked && lacksName ? words.noName : saidAt('/name')}
          value={shown.name ?? ''}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label={words.zone}
          searchable
          clearable
          limit={60}
          placeholder={words.zoneUsual(stored.usualTimeZone)}
          nothingFoundMessage={words.noSuchZone}
          error={saidAt('/timeZone')}
          data={zonesWith(shown.timeZone)}
          value={shown.timeZone}
          onChange={(timeZone) => set({ timeZone })}
        />
        {canManage && (
          <Button type="submit" loading={isBusy} disabled={!isFirst && begun === null}>
            {isFirst ? words.keep : words.save}
          </Button>
        )}
      </fieldset>
      <SaveProblem
        error={error}
        isAtField={(pointer) => isIn(pointer, '/name') || isIn(pointer, '/timeZone')}
        onTheirs={() => void takeTheirs()}
        onMine={() => void get<Newsroom>('/v1/newsroom').then((now) => save(now.version))}
      />
    </form>
  );
}

/** A server in UTC has mostly been given no zone, so the reader's is the better guess; any other was chosen. */
function proposalFor({ usualTimeZone }: Newsroom): Said {
  const isChosen = !['UTC', 'Etc/UTC', 'GMT'].includes(usualTimeZone);
  return { name: nameFromHost(location.hostname), timeZone: isChosen ? usualTimeZone : viewerZone };
}

function zonesWith(own: string | null): string[] {
  const all = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  if (own !== null) all.add(own);
  return [...all].toSorted();
}
