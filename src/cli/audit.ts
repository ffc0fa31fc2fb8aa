import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { callApi } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';

export interface VerifyOptions extends ApiOptions {
  readonly json?: boolean;
  readonly head?: string;
}

const verdict = z.object({
  linked: z.number(),
  waiting: z.number(),
  head: z.string(),
  faults: z.array(z.string()),
});

/** Walks the audit's chain. @throws Refusal that counts the faults, after each was printed. */
export async function verifyAudit({ head, json, ...options }: VerifyOptions): Promise<void> {
  const query = head === undefined ? '' : `?head=${encodeURIComponent(head)}`;
  const found = verdict.parse(await callApi(options, 'GET', `/v1/audit/verification${query}`));
  const { linked, waiting, faults } = found;
  const rows = `${linked} rows in the chain, ${waiting} waiting for it. Head: ${found.head}`;
  process.stdout.write(json === true ? `${JSON.stringify(found)}\n` : `${[...faults, rows].join('\n')}\n`);
  if (faults.length > 0)
    throw new Refusal(
      'conflict',
      `The audit is not what it was: see the ${faults.length === 1 ? 'line' : 'lines'} above.`,
    );
}
