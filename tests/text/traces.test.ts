import { describe, expect, it } from 'vitest';
import { networks } from '../../src/networks/registry.ts';
import { fitPost } from '../../src/text/fit.ts';
import { saidIn } from '../../src/text/said.ts';
import { summarize } from '../../src/text/summary.ts';
import { tracesOf } from '../../src/text/traces.ts';
import { ARTICLE_LANGUAGES, articleIn } from './articles.ts';

const origin = {
  title: 'Harbour town opens its first night library',
  lang: 'en',
  sentences: [
    'The town of Velmar opened a library on Monday that lends books only after dark.',
    'Its doors stand open from eight in the evening until five in the morning, when the fishing boats come in.',
    'On the first night 412 people came in, more than twice what the librarians had expected.',
    'The last of them left at ten to five with a cookery book.',
  ].map((text, index) => ({ index, text })),
};
const traces = (said: string): unknown[] => tracesOf(said, origin).map(({ from, how }) => [from, how]);

describe('the source of each sentence of a post', () => {
  it.each([
    ['taken as it is', 'The last of them left at ten to five with a cookery book.', [[3, 'whole']]],
    [
      'cut at a clause',
      'Its doors stand open from eight in the evening until five in the morning.',
      [[1, 'shortened']],
    ],
    ['cut with an ellipsis', 'On the first night 412 people came in…', [[2, 'shortened']]],
    [
      'with another figure',
      'On the first night 41 people came in, more than twice what was expected.',
      [[2, 'edited']],
    ],
    [
      'with another verb',
      'The town of Velmar opened a library on Monday that bans books only after dark.',
      [[0, 'edited']],
    ],
    ['of its own', 'Tickets for the ferry cost nothing this week.', [[null, 'new']]],
    ['that is the headline', 'Harbour town opens its first night library', [['headline', 'whole']]],
    [
      'with words of its own around one of the article',
      'Tonight: The last of them left at ten to five with a cookery book.',
      [
        [null, 'new'],
        [3, 'whole'],
      ],
    ],
    [
      'several, in another order',
      'The last of them left at ten to five with a cookery book. The town of Velmar opened a library on Monday.',
      [
        [3, 'whole'],
        [0, 'shortened'],
      ],
    ],
  ])('is found: %s', (_, said, wanted) => {
    expect(traces(said)).toEqual(wanted);
  });
});

describe('posts that we write ourselves', () => {
  it.each(ARTICLE_LANGUAGES)('are traced to the sentences that they were made of (%s)', (lang) => {
    const article = articleIn(lang);
    const summary = summarize(article);
    for (const { profile } of networks) {
      for (const thread of [false, true]) {
        const input = { article, summary, limits: profile.limits, link: null, thread, numbered: thread };
        const { parts, sentences } = fitPost(input);
        const found = tracesOf(saidIn(parts), { title: article.title, lang, sentences: summary.sentences });
        expect(found.filter(({ how }) => how === 'edited' || how === 'new')).toEqual([]);
        expect([...new Set(found.flatMap(({ from }) => (typeof from === 'number' ? [from] : [])))]).toEqual(sentences);
      }
    }
  });
});
