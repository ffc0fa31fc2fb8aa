import type { Keyring } from '../secrets/keyring.ts';
import { placeIn, sealedColumns } from '../secrets/place.ts';
import type { Database } from '../store/database.ts';
import { resealText, sealedTexts } from '../store/sealed.ts';
import { putSetting } from '../store/setting.ts';

const PAGE = 200;

export interface Rotation {
  /** Secrets that got the first key's seal just now. */
  readonly resealed: number;
  /** Secrets that still have an older key's: changed by somebody meanwhile; run it again. */
  readonly left: number;
}

/**
 * Seals every stored secret with the first key of the ring. Cut off, it is run again and goes on; what reads meanwhile finds
 * either seal. @throws SecretError where a secret cannot be opened: it is left as it was.
 */
export async function rotateKeys(database: Database, keyring: Keyring): Promise<Rotation> {
  let resealed = 0;
  let left = 0;
  for (const column of Object.values(sealedColumns)) {
    for (let after = ''; ;) {
      const rows = await sealedTexts(database, column, after, PAGE);
      for (const { id, sealed } of rows.filter((row) => keyring.needsRotation(row.sealed))) {
        const place = placeIn(column, id);
        const isDone = await resealText(database, column, id, sealed, keyring.seal(keyring.open(sealed, place), place));
        if (isDone) resealed++;
        else left++;
      }
      if (rows.length < PAGE) break;
      after = rows.at(-1)?.id ?? after;
    }
  }
  await putSetting(database, 'key-canary', keyring.canary());
  return { resealed, left };
}
