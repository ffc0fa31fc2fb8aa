import { useState } from 'react';
import type { HouseRules } from '../../../domain/house-rules.ts';
import { ask, get, problemFrom } from '../../api/client.ts';
import { faultAt } from '../../api/told.ts';
import { queryClient } from '../../api/query-client.ts';
import { houseRulesQuery } from '../../api/queries.ts';
import type { StoredRules } from '../../api/types.ts';
import { keepAs, keptAs } from '../../parts/kept.ts';
import { done } from '../../shell/undo.tsx';
import { rulesTexts } from '../../texts/rules.ts';

/** Where rows that are half written are kept, beside the rules that they are no part of yet. @param name of the form. */
export function rowsOf(name: string): string {
  return `${name}.rows`;
}

/** House rules as somebody is changing them. */
export interface RulesDraft extends StoredRules {
  readonly isBegun: boolean;
  /** Another one each time that what was written is let go: fields that hold what is half written begin anew. */
  readonly round: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly set: (change: Partial<HouseRules>) => void;
  readonly drop: () => void;
  readonly save: () => Promise<void>;
  /** Lets go of what was written here, for what is stored now. */
  readonly takeTheirs: () => Promise<void>;
  /** Saves what was written here over what is stored now. */
  readonly saveOver: () => Promise<void>;
  /** What the server said of a field or of something in it, by its pointer. */
  readonly faultAt: (pointer: string) => string | undefined;
}

interface Begun {
  /** Of the form; what is begun on it is kept by that. */
  readonly name: string;
  readonly stored: StoredRules;
  readonly canManage: boolean;
  /** What is said once it is saved. */
  readonly saved: string;
}

/** Keeps what was begun, on this device, although somebody else decides meanwhile: saving then asks whose it is to be. */
export function useRulesDraft({ name, stored, canManage, saved }: Begun): RulesDraft {
  // What an admin began on this device is not shown to who may only look, as if it held.
  const [begun, setBegun] = useState(() => (canManage ? keptAs<StoredRules>(name) : null));
  const [count, setCount] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { rules, version } = begun ?? stored;
  const set = (change: Partial<HouseRules>): void => {
    const next = { version, rules: { ...rules, ...change } };
    setBegun(next);
    keepAs(name, next);
  };
  const hold = (next: StoredRules | null, rows: object | null): void => {
    setBegun(next);
    setCount((before) => before + 1);
    keepAs(name, next);
    keepAs(rowsOf(name), rows);
  };
  const letGo = (): void => hold(null, null);
  /** With its way back. */
  const drop = (): void => {
    const rows = keptAs(rowsOf(name));
    letGo();
    setError(null);
    if (begun !== null) done(rulesTexts.dropped, async () => hold(begun, rows));
  };

  const save = async (over: number): Promise<void> => {
    setIsBusy(true);
    setError(null);
    try {
      const after = await ask<StoredRules>('PUT', '/v1/house-rules', { body: rules, version: over });
      queryClient.setQueryData(houseRulesQuery.queryKey, after);
      letGo();
      done(saved);
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
    }
  };
  const now = (): Promise<StoredRules> => get<StoredRules>('/v1/house-rules');
  return {
    rules,
    version,
    isBegun: begun !== null,
    round: `${version}-${count}`,
    isBusy,
    error,
    set,
    drop,
    save: () => save(version),
    takeTheirs: async () => {
      queryClient.setQueryData(houseRulesQuery.queryKey, await now());
      drop();
    },
    saveOver: async () => save((await now()).version),
    faultAt: (pointer) => faultAt(problemFrom(error), pointer),
  };
}
