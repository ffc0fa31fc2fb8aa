import type { Urgency } from '../../domain/post.ts';
import type { IntakeRules, ItemOutcome, SourceKind } from '../../domain/source.ts';

/** Sources as the API tells of them. `tests/browser/contract.test.ts` holds it against the API's schemas. */

export interface SourceSettings {
  readonly intervalMs: number;
  readonly maxPerHour: number;
  readonly text: 'page' | 'feed';
  readonly urls: readonly string[];
  readonly accountIds: readonly string[] | null;
  readonly urgency: Urgency;
  readonly section: string | null;
  readonly lang: string | null;
  readonly tags: readonly string[];
  readonly rules: IntakeRules;
}

export interface Source {
  readonly id: string;
  readonly kind: SourceKind;
  readonly name: string;
  readonly url: string | null;
  readonly state: 'active' | 'paused';
  readonly reason: string | null;
  readonly settings: SourceSettings;
  readonly lastPollAt: string | null;
  readonly nextPollAt: string | null;
  readonly httpStatus: number | null;
  readonly problem: string | null;
  readonly note: string | null;
  /** Polls in a row that failed. */
  readonly failures: number;
  readonly failingSince: string | null;
  readonly polls: number;
  /** Polls that were answered with 304. */
  readonly unchanged: number;
  readonly days: readonly { readonly day: string; readonly items: number; readonly accepted: number }[];
  readonly medianDelayMs: number | null;
  readonly version: number;
}

export interface Decision {
  readonly id: string;
  readonly outcome: ItemOutcome;
  readonly detail: string | null;
  readonly articleId: string | null;
  readonly storyId: string | null;
  readonly url: string | null;
  readonly title: string;
  readonly createdAt: string;
}

export interface Judgement {
  readonly passes: boolean;
  readonly isUrgent: boolean;
  readonly detail: string | null;
}

export interface SourcePreview {
  readonly title: string | null;
  readonly itemCount: number;
  readonly note: string | null;
  readonly items: readonly {
    readonly title: string;
    readonly publishedAt: string | null;
    readonly judgement: Judgement;
  }[];
}

export interface RuleTrial {
  readonly matched: number;
  readonly of: number;
  readonly items: readonly { readonly decision: Decision; readonly judgement: Judgement }[];
}

export interface SourceImport {
  readonly added: number;
  readonly feeds: readonly {
    readonly url: string;
    readonly title: string;
    readonly result: 'added' | 'known' | 'refused';
    readonly detail: string | null;
  }[];
}

/** What an editor fills in; what is left out is as the API has it by default. */
export interface GivenSource {
  readonly kind: SourceKind;
  readonly name?: string;
  readonly url?: string;
  readonly settings: Partial<SourceSettings>;
}
