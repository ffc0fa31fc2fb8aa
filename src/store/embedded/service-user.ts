import { readFileSync, statSync } from 'node:fs';
import { Refusal } from '../../domain/errors.ts';

/** The user PostgreSQL runs as; `undefined` for ourselves. */
export type ServiceUser = { readonly uid: number; readonly gid: number } | undefined;

/**
 * PostgreSQL refuses to run as root (https://www.postgresql.org/docs/18/server-start.html), so root starts it as the
 * user who owns the database folder, and makes a new one for `nobody`.
 * @param cluster the database folder, which need not exist yet.
 * @throws Refusal where we are root and there is no such user.
 */
export function serviceUser(cluster: string): ServiceUser {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  throw new Refusal(
    'unavailable',
    'The embedded PostgreSQL does not run as root, and there is no user "nobody" to run it as: start standfirst as an ordinary user, or set DATABASE_URL.',
  );
}
