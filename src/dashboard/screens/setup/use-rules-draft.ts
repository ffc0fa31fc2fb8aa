import { useState } from 'react';
import type { HouseRules } from '../../../domain/house-rules.ts';
import { ask, get, problemFrom } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { houseRulesQuery } from '../../api/queries.ts';
import type { StoredRules } from '../../api/types.ts';
import { done } from '../../shell/undo.tsx';

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
  /** What the server said of a field, by its pointer. */
  readonly faultAt: (pointer: string) => string | undefined;
}

/**
 * Keeps what was begun although somebody else decides meanwhile: saving then asks whose it is to be.
 * @param saved what is said once it is saved.
 */
export function useRulesDraft(stored: StoredRules, saved: string): RulesDraft {
  const [begun, setBegun] = useState<StoredRules | null>(null);
  const [count, setCount] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setIsBusy] = useState(false);
  const { rules, version } = begun ?? stored;
  const letGo = (): void => {
    setBegun(null);
    setCount((before) => before + 1);
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
    set: (change) => setBegun({ version, rules: { ...rules, ...change } }),
    drop: () => {
      letGo();
      setError(null);
    },
    save: () => save(version),
    takeTheirs: async () => {
      queryClient.setQueryData(houseRulesQuery.queryKey, await now());
      letGo();
      setError(null);
    },
    saveOver: async () => save((await now()).version),
    faultAt: (pointer) =>
      (error === null ? [] : (problemFrom(error).errors ?? [])).find((one) => one.pointer === pointer)?.message,
  };
}
