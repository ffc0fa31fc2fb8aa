import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { post } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { holdsQuery } from '../api/queries.ts';
import { present } from '../api/server-clock.ts';
import type { Hold } from '../api/types.ts';
import { keepAs } from '../parts/kept.ts';
import { useMay } from '../parts/use-may.ts';
import { useNameOf } from '../parts/use-name-of.ts';
import { useWhere } from '../parts/use-networks.ts';
import { texts } from '../texts.ts';
import { askChoice, askWords, confirm } from './dialogs.tsx';
import css from './shell.module.css';
import { SettlingBar } from './settling-bar.tsx';
import { clockAt, shortTime, useZone } from './time.tsx';
import { done, failed, noteUnderWay } from './undo.tsx';

/** Nothing leaves the building until the hold is lifted. */
export function holdAll(): void {
  void place({ scope: 'all' }, texts.holds.all);
}

type Target = { readonly scope: 'all' } | { readonly scope: 'network' | 'account'; readonly target: string };

/** Holds everything, a network or an account, after asking why. */
export async function place(target: Target, title: string): Promise<void> {
  if (target.scope === 'all' && !(await confirm(title, texts.holds.allBody, texts.holds.button))) return;
  const slot = `hold.${'target' in target ? target.target : target.scope}`;
  const reason = await askWords(title, texts.holds.reason, texts.holds.button, { most: 500, slot });
  if (reason === null) return;
  try {
    const hold = await noteUnderWay(post<Hold>('/v1/holds', { ...target, reason }));
    keepAs(slot, null);
    done(texts.holds.held, () => liftHold(hold.id, 'as-planned'));
  } catch (error) {
    failed(texts.holds.button, error);
  }
  void queryClient.invalidateQueries({ queryKey: ['holds'] });
}

const ways = ['as-planned', 'shift', 'drop-stale'] as const;
type Way = (typeof ways)[number];

/** Asks how publishing goes on: what came due meanwhile may go out now, move by as long as the hold lasted, or be dropped. */
export function askWay(): Promise<Way | null> {
  const choices = ways.map((value) => ({ value, ...texts.holds.ways[value] }));
  return askChoice(texts.holds.resumeTitle, choices, texts.strip.resume);
}

export async function resume(id: string): Promise<void> {
  const way = await askWay();
  if (way !== null) await lift(id, way);
}

async function lift(id: string, way: Way): Promise<void> {
  try {
    await liftHold(id, way);
    done(texts.holds.lifted);
  } catch (error) {
    failed(texts.strip.resume, error);
  }
}

/** Says nothing of it. @throws ApiError where somebody else has lifted it. */
async function liftHold(id: string, way: Way): Promise<void> {
  try {
    await post(`/v1/holds/${id}/lift`, { resume: way });
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['holds'] });
  }
}

/** The red bar under the strip: who stopped what, since when, and the way on. The hold of one post stands at that post. */
export function HoldBar(): ReactNode {
  const holds = useQuery(holdsQuery).data ?? [];
  const zone = useZone();
  const nameOf = useNameOf();
  const where = useWhere();
  const mayLift = useMay('posts:publish');
  const whatOf = ({ scope, target }: Hold): string => {
    const { accountName, networkName } = where(target ?? '', target ?? '');
    if (scope === 'account') return accountName;
    if (scope === 'network') return networkName;
    if (scope === 'story') return texts.holds.story;
    return scope === 'word' ? texts.holds.word(target ?? '') : texts.holds.everything;
  };
  const wide = holds.filter((hold) => hold.scope !== 'post');
  const bars = wide.map((hold) => (
    <div key={hold.id} className={css.hold} role="alert">
      <strong {...clockAt(hold.placedAt)}>
        {texts.strip.held(
          nameOf(hold.placedBy, hold.placedByName),
          shortTime(new Date(hold.placedAt), zone, present()),
        )}
      </strong>
      <span>{whatOf(hold)}</span>
      <span>“{hold.reason}”</span>
      {mayLift && (
        <button type="button" onClick={() => void resume(hold.id)}>
          {texts.strip.resume}
        </button>
      )}
    </div>
  ));
  return <SettlingBar>{bars}</SettlingBar>;
}
