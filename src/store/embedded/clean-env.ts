/**
 * The environment PostgreSQL gets: nothing of ours, because ours holds keys and the server may run as another user.
 * Windows programs do not start without theirs.
 */
export function cleanEnv(): NodeJS.ProcessEnv | undefined {
  return process.platform === 'win32' ? undefined : { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
