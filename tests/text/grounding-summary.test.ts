import { describe, expect, it } from 'vitest';
import type { Summary } from '../../src/domain/summary.ts';
import { fitPost } from '../../src/text/fit.ts';
import { grounded } from '../../src/text/grounding-summary.ts';
import { articleFromText } from '../../src/text/plain.ts';
import { summarize } from '../../src/text/summary.ts';
import { networks } from '../../src/networks/registry.ts';

const article = articleFromText(
  'The port of Marrowby reopened on Tuesday after 12 days of repairs to its northern lock. ' +
    'Harbour master Edda Quill said the first 40 ships would pass before nightfall.',
  { title: 'Port of Marrowby reopens', lang: 'en' },
);

/** A summary whose best sentence says something else than the article. */
function tampered(engine: string, from: string, to: string): Summary {
  const summary = summarize(article);
  const sentences = summary.sentences.map((one) => ({ ...one, text: one.text.replace(from, to) }));
  return { ...summary, engine, sentences };
}

describe('grounding of a whole summary', () => {
  it('leaves our own summary as it is', () => {
    const summary = summarize(article);
    expect(summary.sentences.filter(({ rank }) => rank !== null).length).toBe(2);
    expect(grounded(summary, article)).toEqual(summary);
  });

  it.each(['extractive', 'some-model'])('takes a wrong number out of the ranking and says why (%s)', (engine) => {
    const checked = grounded(tampered(engine, '12 days', '21 days'), article);
    const [wrong, right] = checked.sentences;
    expect(wrong?.rank).toBeNull();
    expect(wrong?.reasons.find(({ name }) => name === 'not-grounded')?.detail).toContain('21');
    expect(right?.rank).toBe(1);
  });

  it('keeps what is not borne out from every post', () => {
    const summary = grounded(tampered('some-model', '12 days', '21 days'), article);
    for (const { profile } of networks) {
      const { parts } = fitPost({ article, summary, link: null, limits: profile.limits });
      expect(parts.map(({ text }) => text).join(' ')).not.toContain('21');
      expect(parts.length).toBeGreaterThan(0);
    }
  });
});
