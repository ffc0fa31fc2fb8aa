import type { DecisionRow } from '../../store/decision.ts';
import type { Sql } from '../../store/database.ts';
import type { SourceRow } from '../../store/source.ts';
import { figuresOf } from '../../store/source-figures.ts';
import type { Judgement } from '../../text/intake-rules.ts';
import { maskedAddress, maskedIn, maskedText } from '../../text/masked-address.ts';
import type { Caller } from '../caller.ts';
import type { DecisionView, SourceView } from '../schemas/source.ts';

/** Sources as the API shows them to this caller, with what each brought lately; addresses may hold a key: whole for who looks after them. */
export async function sourceViews(
  sql: Sql,
  rows: readonly SourceRow[],
  caller: Pick<Caller, 'scopes'>,
): Promise<SourceView[]> {
  const ids = rows.map((row) => row.id);
  const figures = new Map((await figuresOf(sql, ids)).map((figure) => [figure.sourceId, figure]));
  return rows.map((row) => {
    const { days = [], medianDelayMs = null } = figures.get(row.id) ?? {};
    const { id, kind, name, httpStatus, failures, polls, unchanged, version } = row;
    const { url, reason, settings, problem, note } = seesAddresses(caller) ? row : masked(row);
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

/** Whether somebody may have the keys that are in the addresses of sources. */
export function seesAddresses({ scopes }: Pick<Caller, 'scopes'>): boolean {
  return scopes.includes('sources:manage');
}

function masked({
  url,
  reason,
  settings,
  problem,
  note,
}: SourceRow): Pick<SourceRow, 'url' | 'reason' | 'settings' | 'problem' | 'note'> {
  return {
    url: url === null ? null : maskedAddress(url),
    settings: { ...settings, urls: settings.urls.map(maskedAddress) },
    ...maskedIn({ reason, problem, note }),
  };
}

export function decisionViewOf(row: DecisionRow, caller: Pick<Caller, 'scopes'>): DecisionView {
  const { guid: _guid, urlKey: _urlKey, hash: _hash, length: _length, createdAt, decidedAt, ...whole } = row;
  // An item's address is what readers will get, unless there is a key in it.
  const hidden = (text: string | null): string | null => (text === null ? null : maskedText(text, { onlyKeys: true }));
  const rest = seesAddresses(caller) ? whole : { ...whole, url: hidden(whole.url), detail: hidden(whole.detail) };
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
