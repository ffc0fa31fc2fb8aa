import { z } from 'zod';
import type { Sql } from './database.ts';

const connectionRow = z.object({ network: z.string(), actor: z.string(), sealed: z.string() });
export type ConnectionRow = z.infer<typeof connectionRow>;

export interface NewConnection extends ConnectionRow {
  readonly tokenHash: string;
  /** `asked`: a person is on the network's page; `granted`: it was agreed, and accounts are to be chosen. */
  readonly phase: 'asked' | 'granted';
  readonly lifeMs: number;
}

/** Keeps a connection in progress by the hash of its token, and forgets those that ran out. */
export async function insertConnection(sql: Sql, connection: NewConnection): Promise<void> {
  const { tokenHash, network, actor, phase, sealed, lifeMs } = connection;
  await sql.run('DELETE FROM standfirst.connection WHERE expires_at < standfirst.clock()');
  await sql.run(
    `INSERT INTO standfirst.connection (token_hash, network, actor, phase, sealed, expires_at)
     VALUES ($1, $2, $3, $4, $5, standfirst.clock() + make_interval(secs => $6 / 1000.0))`,
    [tokenHash, network, actor, phase, sealed, lifeMs],
  );
}

/** Uses a connection up. @returns null where it was used, has run out, or never was. */
export function takeConnection(
  sql: Sql,
  tokenHash: string,
  phase: NewConnection['phase'],
): Promise<ConnectionRow | null> {
  return sql.one(
    connectionRow,
    `DELETE FROM standfirst.connection WHERE token_hash = $1 AND phase = $2 AND expires_at > standfirst.clock()
     RETURNING network, actor, sealed`,
    [tokenHash, phase],
  );
}
