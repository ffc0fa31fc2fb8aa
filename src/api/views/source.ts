import type { DecisionRow } from '../../store/decision.ts';
import type { Sql } from '../../store/database.ts';
import type { SourceRow } from '../../store/source.ts';
import { figuresOf } from '../../store/source-figures.ts';
import type { Judgement } from '../../text/intake-rules.ts';
import type { DecisionView, SourceView } from '../schemas/source.ts';

/** Sources as the API shows them, with what each brought lately. */
export async function sourceViews(sql: Sql, rows: readonly SourceRow[]): Promise<SourceView[]> {
  const ids = rows.map((row) => row.id);
  const figures = new Map((await figuresOf(sql, ids)).map((figure) => [figure.sourceId, figure]));
  return rows.map((row) => {
    const { days = [], medianDelayMs = null } = figures.get(row.id) ?? {};
    const { id, kind, name, url, reason, settings, httpStatus, problem, note, failures, polls, unchanged, version } =
      row;
    return {
      id,
      kind,
      name,
      url,
      state: row.state === 'paused' ? 'paused' : 'active',
      reason,
      settings,
      lastPollAt: row.polledAt?.toISOString() ?? null,
      nextPollAt: row.state === 'paused' ? null : (row.nextAt?.toISOString() ?? null),
      httpStatus,
      problem,
      note,
      failures,
      failingSince: row.failingSince?.toISOString() ?? null,
      polls,
      unchanged,
      hub: row.hubState,
      days,
      medianDelayMs,
      version,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}

export function decisionViewOf(row: DecisionRow): DecisionView {
  const { guid: _guid, urlKey: _urlKey, hash: _hash, length: _length, createdAt, decidedAt, ...rest } = row;
  return { ...rest, createdAt: createdAt.toISOString(), decidedAt: decidedAt.toISOString() };
}

export function judgementView(judgement: Judgement): {
  passes: boolean;
  isUrgent: boolean;
  rule: string | null;
  detail: string | null;
} {
  return judgement.passes
    ? { passes: true, isUrgent: judgement.isUrgent, rule: null, detail: null }
    : { passes: false, isUrgent: false, rule: judgement.rule, detail: judgement.detail };
}
