import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { post } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { holdsQuery } from '../api/queries.ts';
import type { Hold } from '../api/types.ts';
import { useNameOf } from '../parts/use-name-of.ts';
import { texts } from '../texts.ts';
import { askChoice, askWords, confirm } from './dialogs.tsx';
import css from './shell.module.css';
import { clockOf, useZone } from './time.tsx';
import { done, failed } from './undo.tsx';

/** Nothing leaves the building until the hold is lifted. */
export function holdAll(): void {
  void place({ scope: 'all' }, texts.holds.all);
}

type Target = { readonly scope: 'all' } | { readonly scope: 'network' | 'account'; readonly target: string };

/** Holds everything, a network or an account, after asking why. */
export async function place(target: Target, title: string): Promise<void> {
  if (target.scope === 'all' && !(await confirm(title, texts.holds.allBody, texts.holds.button))) return;
  const reason = await askWords(title, texts.holds.reason, texts.holds.button);
  if (reason === null) return;
  try {
    const hold = await post<Hold>('/v1/holds', { ...target, reason });
    done(texts.holds.held, () => lift(hold.id));
  } catch (error) {
    failed(texts.holds.button, error);
  }
  void queryClient.invalidateQueries({ queryKey: ['holds'] });
}

/** Asks how publishing goes on: what came due meanwhile may go out now, move by as long as the hold lasted, or be dropped. */
export async function resume(id: string): Promise<void> {
  const ways = ['as-planned', 'shift', 'drop-stale'] as const;
  const choices = ways.map((value) => ({ value, ...texts.holds.ways[value] }));
  const way = await askChoice(texts.holds.resumeTitle, choices, texts.strip.resume);
  if (way !== null) await lift(id, way);
}

async function lift(id: string, way: 'as-planned' | 'shift' | 'drop-stale' = 'as-planned'): Promise<void> {
  try {
    await post(`/v1/holds/${id}/lift`, { resume: way });
    done(texts.holds.lifted);
  } catch (error) {
    failed(texts.strip.resume, error);
  }
  void queryClient.invalidateQueries({ queryKey: ['holds'] });
}

/** The red bar under the strip: who stopped what, since when, and the way on. */
export function HoldBar(): ReactNode {
  const holds = useQuery(holdsQuery).data ?? [];
  const zone = useZone();
  const nameOf = useNameOf();
  return holds.map((hold) => (
    <div key={hold.id} className={css.hold} role="alert">
      <strong>{texts.strip.held(nameOf(hold.placedBy), clockOf(new Date(hold.placedAt), zone))}</strong>
      <span>{texts.holds.what(hold.scope, hold.target)}</span>
      <span>“{hold.reason}”</span>
      <button type="button" onClick={() => void resume(hold.id)}>
        {texts.strip.resume}
      </button>
    </div>
  ));
}
