import { backOffMs } from '../domain/source.ts';
import { readSource } from '../sources/read-source.ts';
import type { Reading, SourceAnswer } from '../sources/read-source.ts';
import { pauseSource } from '../store/source.ts';
import type { SourceRow } from '../store/source.ts';
import { claimPoll, endPoll, failPoll, HOST_FLOOR_MS, nextOfHost } from '../store/source-poll.ts';
import { maskedText } from '../text/masked-address.ts';
import { shownName } from '../text/shown-name.ts';
import { INTAKE, takeItems } from './intake.ts';
import { keepSubscribed } from './subscribe.ts';
import type { Tools } from './tools.ts';

export type PollTools = Pick<Tools, 'database' | 'bell' | 'http' | 'parse' | 'io' | 'log' | 'keyring' | 'publicUrl'>;

/** One poll, all its requests together: less than its claim lasts. */
const POLL_MS = 150_000;
/** A hub tells us at once; without its word a poll this seldom finds what it forgot. */
const WITH_HUB_MS = 3_600_000;
/**
 * Of an index only the sitemaps that changed are sent: this often it is read as if for the first time. Not while one of them
 * cannot be read, which would have all of the others sent each time for nothing.
 */
const WHOLE_MS = 24 * 3_600_000;

/**
 * Reads a source that is due, once: of two workers one gets it. What it showed and when it is to be read again is written
 * in one transaction, so that a worker that dies leaves a source that is read again, and nothing half decided.
 */
export async function poll(tools: PollTools, sourceId: string, stopping: AbortSignal): Promise<void> {
  const { database, http, parse } = tools;
  const source = await database.transaction((sql) => claimPoll(sql, sourceId));
  if (source === null) return;
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(POLL_MS)]);
  const place = { kind: source.kind, url: source.url, urls: source.settings.urls };
  const answer = await readSource(place, marksFor(source, tools.io.now()), { get: http.get, parse, signal });
  const { articleIds, nextAt } = await settle(tools, source, answer);
  if (nextAt !== null) await tools.bell.ring('poll', { sourceId, poll: source.poll }, { at: nextAt });
  await tools.bell.ringMany(
    'ingest',
    articleIds.map((articleId) => ({ payload: { articleId } })),
  );
  if (answer.kind === 'read' && answer.hub !== null) await keepSubscribed(tools, source.id, answer.hub);
  await ringNextOfHost(tools, source.id);
}

function marksFor({ kind, marks, note, readAt }: SourceRow, now: Date): SourceRow['marks'] {
  const isDue = readAt === null || now.getTime() - readAt.getTime() > WHOLE_MS;
  return kind === 'sitemap' && isDue && note === null ? {} : marks;
}

/** @returns the articles that were handed in, and when it is read next: null where that is no matter of this poll any more. */
async function settle(
  tools: PollTools,
  source: SourceRow,
  answer: SourceAnswer,
): Promise<{ articleIds: string[]; nextAt: Date | null }> {
  const { database, io } = tools;
  if (answer.kind === 'failed' || answer.kind === 'refused')
    return { articleIds: [], nextAt: await fail(tools, source, answer) };
  const items = answer.kind === 'read' ? answer.items : [];
  return database.transaction(async (sql) => {
    const articleIds = await takeItems(sql, tools, source.id, items);
    const intervalMs =
      source.hubState === 'active' ? Math.max(source.settings.intervalMs, WITH_HUB_MS) : source.settings.intervalMs;
    const nextAt = await endPoll(sql, source, {
      waitMs: backOffMs(intervalMs, 0, null, io.chance()),
      status: statusOf(source, answer),
      marks: answer.marks,
      movedTo: answer.movedTo,
      title: answer.kind === 'read' && answer.title !== null ? shownName(answer.title) || null : null,
      note: answer.kind === 'read' ? answer.note : source.note,
      isUnchanged: answer.kind === 'unchanged',
      isWhole: answer.kind === 'read' && answer.isWhole,
    });
    return { articleIds, nextAt };
  });
}

function statusOf({ url }: SourceRow, answer: Reading | { kind: 'unchanged' }): number | null {
  if (url === null) return null;
  return answer.kind === 'unchanged' ? 304 : 200;
}

async function fail(
  { database, io, log }: PollTools,
  source: SourceRow,
  answer: SourceAnswer & { kind: 'failed' | 'refused' },
): Promise<Date | null> {
  const status = answer.kind === 'failed' ? answer.status : 200;
  const retryAfterMs =
    answer.kind === 'failed' && answer.retryAfterSeconds !== undefined ? answer.retryAfterSeconds * 1000 : null;
  const waitMs = backOffMs(source.settings.intervalMs, source.failures + 1, retryAfterMs, io.chance());
  log.debug({ sourceId: source.id, problem: maskedText(answer.detail) }, 'a source could not be read');
  return database.transaction(async (sql) => {
    const nextAt = await failPoll(sql, source, { waitMs, status, problem: answer.detail.slice(0, 1024) });
    if (answer.reason !== 'gone') return nextAt;
    await pauseSource(sql, source.id, answer.detail.slice(0, 1024), INTAKE);
    return null;
  });
}

/** Sources of one host are read one after the other, without waiting for the sweep to find the next. */
async function ringNextOfHost({ database, bell, io }: PollTools, sourceId: string): Promise<void> {
  const next = await nextOfHost(database, sourceId);
  if (next !== null) await bell.ring('poll', next, { at: new Date(io.now().getTime() + HOST_FLOOR_MS + 50) });
}
