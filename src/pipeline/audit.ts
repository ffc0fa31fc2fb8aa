import { createHash } from 'node:crypto';
import type { LinkedRow, LinkRow, RecordRow } from '../store/audit.ts';
import { countUnlinked, insertLinks, linksAfter, seqOfDigest, takeHead, unlinkedRecords } from '../store/audit.ts';
import type { Database } from '../store/database.ts';

const BATCH = 1_000;
/** More faults than this say nothing new: the audit is not to be trusted. */
const MOST_FAULTS = 100;

/** Links what has been audited since the last time to the chain. Runs outside of every request. @returns how many rows. */
export async function chainAudit(database: Database): Promise<number> {
  let linked = 0;
  for (;;) {
    const added = await database.transaction(async (sql) => {
      const head = await takeHead(sql);
      const records = await unlinkedRecords(sql, BATCH);
      const links: LinkRow[] = [];
      for (const record of records) {
        const before = links.at(-1) ?? head;
        const digest = digestOf(record);
        const hash = hashAfter(before?.hash ?? '', record.seq, digest);
        links.push({ n: (before?.n ?? 0) + 1, seq: record.seq, digest, hash });
      }
      if (links.length > 0) await insertLinks(sql, links);
      return links.length;
    });
    linked += added;
    if (added < BATCH) return linked;
  }
}

export interface AuditVerdict {
  /** Rows that the chain holds. */
  readonly linked: number;
  /** Rows that wait to be linked, a few seconds at most while a worker runs. */
  readonly waiting: number;
  /** `<n>:<hash>` of the last link: kept elsewhere, it shows later that nothing was cut off or written anew. */
  readonly head: string;
  /** One sentence per row that was changed, moved or is missing. */
  readonly faults: readonly string[];
}

/**
 * Walks the whole chain and names every row that is not what it was.
 * @param known a head that was noted before; null where there is none.
 */
export async function verifyAudit(
  database: Database,
  known: { n: number; hash: string } | null,
): Promise<AuditVerdict> {
  const faults: string[] = [];
  let last: { n: number; hash: string } = { n: 0, hash: '' };
  let linked = 0;
  let isKnownSeen = known === null || known.n === 0;
  for (;;) {
    const rows = await linksAfter(database, last.n, BATCH);
    for (const row of rows) {
      faults.push(...(await faultsOf(database, row, last)));
      if (known?.n === row.n) {
        isKnownSeen = true;
        if (known.hash !== row.hash) faults.push(`Link ${row.n} is not the one noted: the chain was written anew.`);
      }
      last = { n: row.n, hash: row.hash };
      linked++;
    }
    if (rows.length < BATCH || faults.length > MOST_FAULTS) break;
  }
  if (!isKnownSeen) faults.push(`Link ${known?.n ?? 0} is missing: the chain ends at ${last.n}, rows were cut off.`);
  const waiting = await countUnlinked(database);
  return { linked, waiting, head: `${last.n}:${last.hash}`, faults: faults.slice(0, MOST_FAULTS) };
}

async function faultsOf(
  database: Database,
  { n, linkedSeq, digest, hash, record, change }: LinkedRow,
  last: { n: number; hash: string },
): Promise<string[]> {
  const faults: string[] = [];
  if (n !== last.n + 1) faults.push(`Links ${last.n + 1} to ${n - 1} are missing.`);
  else if (hash !== hashAfter(last.hash, linkedSeq, digest))
    faults.push(`Link ${n} (row ${linkedSeq}) was changed or moved.`);
  if (record === null) return [...faults, `Row ${linkedSeq} is missing.`];
  const found = digestOf(record);
  const what = `${record.action} of ${record.subject} by ${record.actor ?? 'nobody'}`;
  if (change !== null && sha256(change) !== changeDigest(record))
    faults.push(`Row ${linkedSeq} (${what}): its before and after were changed.`);
  if (found === digest) return faults;
  const whose = await seqOfDigest(database, found);
  const isMoved = whose !== null && whose !== linkedSeq;
  return [
    ...faults,
    isMoved ? `Row ${linkedSeq} (${what}) stood at ${whose}.` : `Row ${linkedSeq} (${what}) was changed.`,
  ];
}

/** The SHA-256 of what the row says was before and after; the chain covers it, as all of `data`. */
function changeDigest({ data }: RecordRow): unknown {
  return (JSON.parse(data) as { changeSha256?: unknown }).changeSha256;
}

/** Without its number, so that a row which stands elsewhere than it did is told from one that was changed. */
function digestOf(record: RecordRow): string {
  const { at, action, subject, actor, origin, before, after, data } = record;
  return sha256(JSON.stringify([at, action, subject, actor, origin, before, after, data]));
}

function hashAfter(hash: string, seq: string, digest: string): string {
  return sha256(`${hash}\n${seq}\n${digest}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
