import { readEnv } from '../config/env.ts';
import { settingsFrom } from '../config/settings.ts';
import type { Role, Settings } from '../config/settings.ts';

export type { Role, Settings } from '../config/settings.ts';

/**
 * Settings of this process, from its environment, for who needs nothing else of the composition root.
 * @throws Error with every fault of the environment at once.
 */
export function readSettings(role: Role = 'all'): Settings {
  return settingsFrom(readEnv(), role, process.stdout.isTTY === true);
}
