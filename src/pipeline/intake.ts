import { Refusal } from '../domain/errors.ts';
import type { SourceItem } from '../domain/source.ts';
import { articlesInHour, insertArticle } from '../store/article.ts';
import type { Sql } from '../store/database.ts';
import { decideAgain, decisionsAbout, insertDecisions, noteShown, waitingItems } from '../store/decision.ts';
import type { DecisionRow, NewDecision } from '../store/decision.ts';
import { storiesByKey } from '../store/story-likeness.ts';
import { lockSource } from '../store/source.ts';
import type { SourceRow } from '../store/source.ts';
import { judge } from '../text/intake-rules.ts';
import { identify } from '../text/item-identity.ts';
import type { ItemIdentity } from '../text/item-identity.ts';
import { candidateOf, hashOf, isUnreadable, requestOf, wordsOf } from './intake-item.ts';
import { keyOfAddress } from './place.ts';
import type { Tools } from './tools.ts';

/** Who hands in what a source brings. */
export const INTAKE = 'source';

/** That an item is still shown is written down this often, and not at each reading. */
const SHOWN_MS = 24 * 3_600_000;

/**
 * Decides about every item that a source showed, and hands in the articles of those that are taken: in the caller's
 * transaction, with the source locked, so that an item is decided about once whoever brings it.
 * @returns the articles, to be rung for after the commit.
 */
export async function takeItems(
  sql: Sql,
  tools: Pick<Tools, 'io'>,
  sourceId: string,
  items: readonly SourceItem[],
): Promise<string[]> {
  const source = await lockSource(sql, sourceId);
  if (source?.state !== 'active') return [];
  const found = identify(items).flatMap((identity, at) => {
    const item = items[at];
    return identity === null || item === undefined ? [] : [{ identity, item }];
  });
  const known = await knownOf(sql, source, found);
  const aDayAgo = tools.io.now().getTime() - SHOWN_MS;
  const seldom = [...known.values()].filter(({ shownAt }) => shownAt.getTime() < aDayAgo);
  await noteShown(
    sql,
    seldom.map(({ id }) => id),
  );
  const fresh = found.filter(({ identity }) => !known.has(identity));
  const keys = fresh.flatMap(({ identity }) => (identity.urlKey === null ? [] : keyOfAddress(identity.urlKey)));
  const intake = new Intake(sql, tools, source, await storiesByKey(sql, keys), await roomLeft(sql, source));
  for (const { identity, item } of found) {
    const before = known.get(identity);
    if (before === undefined) await intake.decide(identity, item);
    else if (before.hash !== hashOf(item)) await intake.decideChanged(before, item);
  }
  await intake.write();
  await intake.letWaitingIn();
  return intake.articleIds;
}

/** Articles that a source may still bring within this hour. */
export async function roomLeft(sql: Sql, source: SourceRow): Promise<number> {
  return Math.max(0, source.settings.maxPerHour - (await articlesInHour(sql, source.id)));
}

/** Feeds and sitemaps are full of what was published before anybody asked; a list that a person wrote is not. */
function isFirstReading({ kind, baselineAt }: SourceRow): boolean {
  return baselineAt === null && (kind === 'feed' || kind === 'sitemap');
}

class Intake {
  readonly articleIds: string[] = [];
  readonly #sql: Sql;
  readonly #tools: Pick<Tools, 'io'>;
  readonly #source: SourceRow;
  readonly #decisions: NewDecision[] = [];
  /** Address key → the story that it has led to before. */
  readonly #stories: ReadonlyMap<string, string>;
  #room: number;

  constructor(
    sql: Sql,
    tools: Pick<Tools, 'io'>,
    source: SourceRow,
    stories: ReadonlyMap<string, string>,
    room: number,
  ) {
    this.#sql = sql;
    this.#tools = tools;
    this.#source = source;
    this.#stories = stories;
    this.#room = room;
  }

  async decide(identity: ItemIdentity, item: SourceItem): Promise<void> {
    const id = this.#tools.io.id('decision');
    const verdict = isFirstReading(this.#source)
      ? { ...OPEN, outcome: 'baseline' as const, detail: 'It was there when the source was first read.' }
      : (this.#knownStory(identity) ?? (await this.#verdictOn(item)));
    this.#decisions.push({ ...wordsOf(this.#source, item), ...identity, ...verdict, id, sourceId: this.#source.id });
  }

  #knownStory({ urlKey }: ItemIdentity): Verdict | null {
    const storyId = urlKey === null ? undefined : this.#stories.get(keyOfAddress(urlKey));
    const detail = 'Its page is a story already.';
    return storyId === undefined ? null : { ...OPEN, outcome: 'duplicate', storyId, detail };
  }

  /** Other words: what was taken in is revised, what a rule kept out may be let in, the rest stays what it is. */
  async decideChanged(before: DecisionRow, item: SourceItem): Promise<void> {
    let verdict: Verdict = before;
    if (before.outcome === 'filtered') verdict = await this.#verdictOn(item);
    else if (before.outcome === 'accepted') {
      // No room within the hour: what it says now is found again at a later reading.
      if (this.#room <= 0) return;
      verdict = { ...before, articleId: await this.#handIn(item) };
    }
    await decideAgain(this.#sql, { ...before, ...wordsOf(this.#source, item), ...pickVerdict(verdict), id: before.id });
  }

  async write(): Promise<void> {
    await insertDecisions(this.#sql, this.#decisions);
  }

  /** What was over the cap goes in as soon as there is room, the newest first. */
  async letWaitingIn(): Promise<void> {
    if (this.#room <= 0) return;
    for (const waiting of await waitingItems(this.#sql, this.#source.id, this.#room)) {
      await decideAgain(this.#sql, { ...waiting, ...(await this.#verdictOn(waiting)) });
    }
  }

  async #verdictOn(item: SourceItem): Promise<Verdict> {
    const { settings } = this.#source;
    const judged = judge(settings.rules, candidateOf(settings, item), this.#tools.io.now());
    if (!judged.passes) return { ...OPEN, outcome: 'filtered', rule: judged.rule, detail: judged.detail };
    if (isUnreadable(settings, item))
      return { ...OPEN, outcome: 'refused', detail: 'It has neither an address nor a text of its own.' };
    if (this.#room <= 0) {
      const detail = `${settings.maxPerHour} articles came within the hour, the most of this source: it waits for its turn, a day at most.`;
      return { ...OPEN, outcome: 'over-cap', detail };
    }
    return { ...OPEN, outcome: 'accepted', articleId: await this.#handIn(item, judged.isUrgent) };
  }

  async #handIn(item: SourceItem, isUrgent = false): Promise<string> {
    const { settings, id } = this.#source;
    this.#room -= 1;
    const articleId = this.#tools.io.id('article');
    await insertArticle(this.#sql, articleId, requestOf(settings, item, { isUrgent }), INTAKE, id);
    this.articleIds.push(articleId);
    return articleId;
  }
}

type Verdict = Pick<NewDecision, 'outcome' | 'rule' | 'detail' | 'articleId' | 'storyId'>;
const OPEN = { rule: null, detail: null, articleId: null, storyId: null } as const;

function pickVerdict({ outcome, rule, detail, articleId, storyId }: Verdict): Verdict {
  return { outcome, rule, detail, articleId, storyId };
}

/** The decisions that stand about these items. An item that changed its guid, or its address, is still the same. */
async function knownOf(
  sql: Sql,
  source: SourceRow,
  found: readonly { identity: ItemIdentity }[],
): Promise<Map<ItemIdentity, DecisionRow>> {
  const guids = found.flatMap(({ identity }) => identity.guid ?? []);
  const keys = found.flatMap(({ identity }) => identity.urlKey ?? []);
  const rows = await decisionsAbout(sql, source.id, guids, keys);
  const byGuid = new Map(rows.map((row) => [row.guid, row]));
  const byKey = new Map(rows.map((row) => [row.urlKey, row]));
  return new Map(
    found.flatMap(({ identity }) => {
      const { guid, urlKey } = identity;
      const row = (guid === null ? undefined : byGuid.get(guid)) ?? (urlKey === null ? undefined : byKey.get(urlKey));
      return row === undefined ? [] : [[identity, row] as const];
    }),
  );
}

/** For what is pushed, which nobody can keep waiting: over the cap it is refused, and loses nothing. @throws Refusal `too-many` */
export async function refuseOverCap(sql: Sql, source: SourceRow): Promise<void> {
  if ((await roomLeft(sql, source)) > 0) return;
  const most = source.settings.maxPerHour;
  const message = `“${source.name}” has brought ${most} articles within the hour, which is its most: send this one again later.`;
  throw new Refusal('too-many', message);
}
