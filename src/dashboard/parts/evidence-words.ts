import type { Evidence } from '../../text/evidence.ts';
import { texts } from '../texts.ts';

/** `figures 2/3 · names 1/1`: of what a text may not have, only what it has. */
export function evidenceWords(evidence: Evidence): string {
  const kinds = (['figures', 'names', 'dates', 'words'] as const).filter(
    (kind) => evidence[kind].all > 0 || kind === 'figures' || (kind === 'names' && evidence.words.all === 0),
  );
  return kinds.map((kind) => texts.why.counted(kind, evidence[kind].found, evidence[kind].all)).join(' · ');
}
