import { Refusal } from '../domain/errors.ts';
import type { ItemOutcome, SourceItem, SourceKind } from '../domain/source.ts';
import { promotable } from '../domain/source.ts';
import { readSource } from '../sources/read-source.ts';
import { insertArticle } from '../store/article.ts';
import { found } from '../store/database.ts';
import { lockDecision, pageDecisions, promoteDecision } from '../store/decision.ts';
import type { DecisionRow } from '../store/decision.ts';
import { changeSource, getSource, insertSource, lockSource, resumeSource } from '../store/source.ts';
import type { SourceRow } from '../store/source.ts';
import type { SourceSettings } from '../store/source-settings.ts';
import { makeDue } from '../store/source-poll.ts';
import { judge } from '../text/intake-rules.ts';
import type { Judgement } from '../text/intake-rules.ts';
import { candidateOf, requestOf } from './intake-item.ts';
import type { Tools } from './tools.ts';

type SourceTools = Pick<Tools, 'database' | 'bell' | 'io'>;

export interface SourceRequest {
  readonly kind: SourceKind;
  readonly name?: string | undefined;
  readonly url: string | null;
  readonly settings: SourceSettings;
  /** Why it cannot be read now, as `lookAt` has it. */
  readonly problem?: string | null;
}

/** Adds a source and reads it at once: what it has then is its baseline, and nothing of it is posted. */
export async function addSource(tools: SourceTools, request: SourceRequest, actor: string): Promise<SourceRow> {
  const { database, io } = tools;
  const id = io.id('source');
  // Until somebody names it, it is called by its host, and by its own title once that is known.
  const name = request.name ?? (request.url === null ? request.kind : new URL(request.url).host);
  await database.transaction((sql) => insertSource(sql, { ...request, id, name }, actor));
  await ringPoll(tools, id);
  return found(await getSource(database, id), 'source', id);
}

/** As long as somebody waits for an answer. */
const LOOK_MS = 10_000;

/**
 * Looks at an address before it becomes a source, so that a page or another document in the place of a feed is found at once
 * and not at the next poll. A server that does not answer now may be right all the same.
 * @returns why it cannot be read now, or null. @throws Refusal with what the address leads to, where that is none of its kind, or where it may not be asked.
 */
export async function lookAt(
  { http, parse }: Pick<Tools, 'http' | 'parse'>,
  { kind, url }: Pick<SourceRequest, 'kind' | 'url'>,
): Promise<string | null> {
  if (url === null) return null;
  const late = AbortSignal.timeout(LOOK_MS);
  const answer = await readSource({ kind, url, urls: [] }, {}, { get: http.get, parse, signal: late }).catch(
    (error: unknown) => {
      if (late.aborted)
        return {
          kind: 'failed',
          reason: 'unreachable',
          detail: `${url} has not answered within ${LOOK_MS / 1000} s.`,
        } as const;
      throw error;
    },
  );
  // An address that is never asked, such as a private one, does not get better by waiting.
  if (answer.kind === 'refused' || (answer.kind === 'failed' && answer.reason === 'blocked'))
    throw new Refusal('invalid', answer.detail, [{ pointer: '/url', code: answer.reason, message: answer.detail }]);
  return answer.kind === 'failed' ? `It could not be read now and is tried again: ${answer.detail}` : null;
}

export async function editSource(
  tools: SourceTools,
  id: string,
  version: number | null,
  change: { name: string; url: string | null; settings: SourceSettings },
  actor: string,
): Promise<SourceRow> {
  await tools.database.transaction((sql) => changeSource(sql, id, version, change, actor));
  return found(await getSource(tools.database, id), 'source', id);
}

/** Reads a source now. @throws Refusal where it is paused, or nothing is read of it. */
export async function pollNow(tools: SourceTools, id: string): Promise<SourceRow> {
  const source = found(await getSource(tools.database, id), 'source', id);
  if (source.kind === 'push') throw new Refusal('conflict', `Source ${id} is pushed to: there is nothing to read.`);
  if (source.state === 'paused') throw new Refusal('conflict', `Source ${id} is paused: resume it first.`);
  await ringPoll(tools, id);
  return found(await getSource(tools.database, id), 'source', id);
}

export async function resume(tools: SourceTools, id: string, actor: string): Promise<SourceRow> {
  if (await tools.database.transaction((sql) => resumeSource(sql, id, actor))) await ringPoll(tools, id);
  return found(await getSource(tools.database, id), 'source', id);
}

async function ringPoll({ database, bell }: SourceTools, id: string): Promise<void> {
  const due = await makeDue(database, id);
  if (due !== null) await bell.ring('poll', due);
}

export interface SourcePreview {
  readonly title: string | null;
  readonly itemCount: number;
  /** Whether it offers to tell when it changes. */
  readonly hasHub: boolean;
  readonly note: string | null;
  readonly items: readonly { readonly item: SourceItem; readonly judgement: Judgement }[];
}

const PREVIEWED = 5;

/** What a source has now and what its rules would make of the first five; nothing is stored. @throws Refusal why it cannot be read. */
export async function previewSource(
  { http, parse, io }: Pick<Tools, 'http' | 'parse' | 'io'>,
  { kind, url, settings }: Pick<SourceRequest, 'kind' | 'url' | 'settings'>,
): Promise<SourcePreview> {
  const answer = await readSource({ kind, url, urls: settings.urls }, {}, { get: http.get, parse });
  if (answer.kind === 'unchanged')
    throw new Refusal('unavailable', 'The server says that nothing has changed, although nothing was asked before.');
  if (answer.kind !== 'read')
    throw new Refusal('invalid', answer.detail, [{ pointer: '/url', code: answer.reason, message: answer.detail }]);
  return {
    title: answer.title,
    itemCount: answer.items.length,
    hasHub: answer.hub !== null,
    note: answer.note,
    items: answer.items
      .slice(0, PREVIEWED)
      .map((item) => ({ item, judgement: judge(settings.rules, candidateOf(settings, item), io.now()) })),
  };
}

export interface RuleTrial {
  readonly matched: number;
  readonly of: number;
  readonly items: readonly { readonly decision: DecisionRow; readonly judgement: Judgement }[];
}

const TRIED = 100;

/** What other rules would have made of the last hundred items of a source. Age is left out: all of them have aged since. */
export async function tryRules(
  { database, io }: Pick<Tools, 'database' | 'io'>,
  id: string,
  rules: SourceSettings['rules'],
): Promise<RuleTrial> {
  const source = found(await getSource(database, id), 'source', id);
  const decisions = await pageDecisions(database, id, null, { limit: TRIED, after: null });
  const items = decisions.map((decision) => {
    const candidate = { ...candidateOf(source.settings, decision), length: decision.length };
    return { decision, judgement: judge({ ...rules, maxAgeHours: null }, candidate, io.now()) };
  });
  return { matched: items.filter(({ judgement }) => judgement.passes).length, of: items.length, items };
}

/**
 * Takes an item in although it was decided otherwise; of one that could not be read, the reading is tried again. No rule
 * stops it then, nor that it tells what another story tells.
 * @throws Refusal where it was taken in already.
 */
export async function promote(tools: SourceTools, decisionId: string, actor: string): Promise<{ articleId: string }> {
  const articleId = tools.io.id('article');
  await tools.database.transaction(async (sql) => {
    const decision = found(await lockDecision(sql, decisionId), 'decision', decisionId);
    if (!isPromotable(decision.outcome))
      throw new Refusal('conflict', `This item was taken in already: see article ${decision.articleId}.`);
    const source = found(await lockSource(sql, decision.sourceId), 'source', decision.sourceId);
    const judged = judge(source.settings.rules, candidateOf(source.settings, decision), tools.io.now());
    const isUrgent = judged.passes && judged.isUrgent;
    await insertArticle(sql, articleId, requestOf(source.settings, decision, { isUrgent }), actor, source.id);
    await promoteDecision(sql, decisionId, articleId, actor);
  });
  await tools.bell.ring('ingest', { articleId });
  return { articleId };
}

function isPromotable(outcome: ItemOutcome): boolean {
  return promotable.includes(outcome);
}
