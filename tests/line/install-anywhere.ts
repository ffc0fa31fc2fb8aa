import { whyMissing } from '../servers/binaries.ts';
import { freshDatabase } from '../servers/databases.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';

/** For what is the same on every backend: PostgreSQL where there is one, else the embedded one. */
export async function installAnywhere(options: Parameters<typeof install>[1] = {}): Promise<Installation> {
  const databaseUrl = whyMissing('postgres') === undefined ? await freshDatabase() : null;
  return install({ databaseUrl, redisUrl: null }, options);
}
