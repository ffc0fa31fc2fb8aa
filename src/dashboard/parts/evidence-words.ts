import type { Evidence } from '../../text/evidence.ts';
import { texts } from '../texts.ts';

/** `figures 2/3 · names 1/1`: of what a text may not have, only what it has. */
export function evidenceWords({ figures, names, dates, words }: Evidence): string {
  return [
    texts.why.figures(figures.found, figures.all),
    ...(words.all === 0 || names.all > 0 ? [texts.why.names(names.found, names.all)] : []),
    ...(dates.all > 0 ? [texts.why.dates(dates.found, dates.all)] : []),
    ...(words.all > 0 ? [texts.why.words(words.found, words.all)] : []),
  ].join(' · ');
}
