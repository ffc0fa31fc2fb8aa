/** Schedules, fixtures and results in lists of definitions, which nobody reads as an article. */
import { ELEMENT, type HtmlElement } from './html-node.ts';
import { oneLine, textWeight } from './html-text.ts';

/** Fewer entries are a box of facts, or a pair of questions. */
const FEWEST = 4;
/** Weight of an entry that is surely running text, and of one that is if it ends as a sentence does. */
const SURELY_PROSE = 140;
const PERHAPS_PROSE = 80;
/** Below this share of running text the entries are records: definitions, answers and chronicles are sentences. */
const LEAST_PROSE = 0.5;
const ENDS_SENTENCE = /[.!?…。！？।؟۔:”"»’)]$/u;

/** Takes lists of records off a page, whatever they weigh; answers the weight of what went. */
export function removeRecords(element: HtmlElement): number {
  let removed = 0;
  for (const child of element.childNodes.slice()) {
    if (child.nodeType !== ELEMENT) continue;
    if (child.localName !== 'dl') removed += removeRecords(child);
    else if (isListOfRecords(child)) {
      removed += textWeight(child.textContent);
      child.remove();
    }
  }
  return removed;
}

function isListOfRecords(list: HtmlElement): boolean {
  const entries = textsOf(list, 'dd');
  if (entries.length < FEWEST) return false;
  const terms = textsOf(list, 'dt');
  // `15:00`, `Saturday 3 March`, `12.`: what an entry of a schedule stands behind.
  const isSchedule = terms.filter((term) => /\d/.test(term)).length > terms.length / 2;
  const prose = entries.filter((entry) => isProse(entry, isSchedule ? SURELY_PROSE : PERHAPS_PROSE));
  return weigh(prose) < LEAST_PROSE * weigh(entries);
}

/** Whether the text of an entry is so long that it says something, and ends as what is said does. */
export function isProse(entry: string, least = PERHAPS_PROSE): boolean {
  const weight = textWeight(entry);
  return weight >= SURELY_PROSE || (weight >= least && ENDS_SENTENCE.test(entry));
}

function weigh(entries: readonly string[]): number {
  return entries.reduce((sum, entry) => sum + textWeight(entry), 0);
}

function textsOf(element: HtmlElement, tag: string): string[] {
  return element.getElementsByTagName(tag).map((one) => oneLine(one.textContent));
}
