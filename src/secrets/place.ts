import type { Place } from './keyring.ts';

/** A column of the database that holds sealed text for longer than a sign-in takes. */
export interface SealedColumn {
  readonly table: string;
  /** The column that names the row. */
  readonly id: string;
  readonly column: string;
}

/** Every such column: what `standfirst keys rotate` seals again. */
export const sealedColumns = {
  credentials: { table: 'account', id: 'id', column: 'credentials' },
  endpointSecret: { table: 'endpoint', id: 'id', column: 'secret' },
  oldEndpointSecret: { table: 'endpoint', id: 'id', column: 'old_secret' },
  hubSecret: { table: 'subscription', id: 'source_id', column: 'secret' },
} as const satisfies Record<string, SealedColumn>;

/** The place of one row's secret, bound into the seal, so that it cannot be moved to another row or column. */
export function placeIn({ table, column }: SealedColumn, row: string): Place {
  return { table, row, column, account: row };
}
