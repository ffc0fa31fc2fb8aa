import { idPrefixes } from './domain/id.ts';
import type { Io } from './pipeline/tools.ts';
import { uuidV7 } from './uuid.ts';

/** Time and chance as they are. */
export function realIo(): Io {
  return {
    now: () => new Date(),
    monotonic: () => performance.now(),
    id: (kind) => `${idPrefixes[kind]}_${uuidV7(Date.now())}`,
    chance: () => Math.random(),
  };
}
