import { z } from 'zod';
import type { LesserWay, Powers, Profile } from './network.ts';

const ofAKind = z.object({ kind: z.string() });

/** The way that these credentials connect an account; null where it can do all that its network's profile says. */
export function lesserWayOf({ lesserWays = {} }: Profile, credentials: unknown): LesserWay | null {
  const given = ofAKind.safeParse(credentials);
  return given.success ? (lesserWays[given.data.kind] ?? null) : null;
}

/** What an account can do: what its network can, save what its way of being connected takes away (null: nothing). */
export function powersOf({ powers }: Profile, lesser: Partial<Powers> | null): Powers {
  return { ...powers, ...lesser };
}
