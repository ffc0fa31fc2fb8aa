import type { HouseRules } from './house-rules.ts';
import type { Urgency } from './post.ts';

/** What is asked before a post may go out without a person. */
export interface Candidate {
  /** Of the account; null: as the house says. */
  readonly needsApproval: boolean | null;
  readonly sourceId: string | null;
  readonly urgency: Urgency;
  /** How sure the extraction of the article is, 0…1; null where nothing was extracted. */
  readonly confidence: number | null;
  /** What wrote the summary. */
  readonly engine: string;
  /** Names and topics of the article that the house calls sensitive. */
  readonly sensitive: readonly string[];
  /** Whether an image lacks the description that the house asks for. */
  readonly lacksAltText: boolean;
  /** What was left out of the article's address because it may be a key. */
  readonly linkCut: readonly string[];
  /** Why the article may tell again what another story tells; null where nothing says so. */
  readonly likeness: string | null;
}

/** Below this an extraction is unsure: a page without date, author or claim to be an article, or one that is locked. */
const SURE = 0.5;
/** The engine whose every sentence stands in the article. */
const OWN_ENGINE = 'extractive';

export interface Decision {
  readonly needsPerson: boolean;
  /** Why, where it is more than that the house or the account always asks for one: a sentence; null else. */
  readonly reason: string | null;
}

/**
 * Whether a person decides on a post. Some things no rule lets out by itself: sensitive names, words of a model, an article
 * that may not have been read right.
 */
export function decide(candidate: Candidate, { auto }: Pick<HouseRules, 'auto'>): Decision {
  const { needsApproval, sourceId, urgency, confidence, engine, sensitive, lacksAltText, linkCut, likeness } =
    candidate;
  const reasons: string[] = [];
  if (sensitive.length > 0) reasons.push(`it names ${sensitive.join(', ')}, which the house rules call sensitive`);
  if (engine !== OWN_ENGINE) reasons.push(`its words are those of a model (${engine})`);
  if (confidence !== null && confidence < SURE)
    reasons.push(`the article may not have been read right (${confidence} of 1)`);
  if (lacksAltText) reasons.push('its image has no description, which the house rules ask for');
  if (linkCut.length > 0)
    reasons.push(`its link had ${linkCut.join(' and ')} in it, which may be a key and was left out: see that it opens`);
  if (likeness !== null) reasons.push(`it may tell what another story tells (${likeness.replace(/\.$/, '')})`);
  if (reasons.length > 0) return { needsPerson: true, reason: `A person decides, because ${reasons.join('; ')}.` };
  const isLetOut = auto.some((rule) => rule.sourceId === sourceId && rule.urgencies.includes(urgency));
  return { needsPerson: needsApproval ?? !isLetOut, reason: null };
}
