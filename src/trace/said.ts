import type { Says } from './trace.ts';

/** A word, an id, a route: what our own code names things by. No spaces, so that no sentence passes. */
const OURS = /^[\w.:/*{}@-]{0,120}$/;
/** Our own keys and tokens are words too; an id of ours is shorter than any of them. */
const SECRET = /(?:sf_(?:live|test)_|whsec_|^ey[\w-]+\.)|[\w-]{43}/;

/** The same without what is not a name or a number of ours. */
export function said(says: Says): Record<string, string | number | boolean> {
  const given = Object.entries(says).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return Object.fromEntries(
    given.map(([name, value]) => {
      const isOurs = typeof value !== 'string' || (OURS.test(value) && !SECRET.test(value));
      return [name, isOurs ? value : '[withheld]'];
    }),
  );
}
