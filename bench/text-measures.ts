import type { BatchKind } from '../src/cli/batch-kinds.ts';

/** One row of the table: which scorer, on which data, and how its figure reads. */
export interface Measure {
  readonly name: string;
  readonly peer: string;
  readonly least: string;
  readonly aim: string;
  readonly script: string;
  readonly what: BatchKind;
  readonly data: string;
  readonly args?: readonly string[];
  /** The figure out of what the scorer prints; null where it is not there. */
  readonly read: (output: string) => string | null;
}

/** The named figures of a scorer's line (`F1=0.970`), parted by slashes; null where one is missing. */
function figures(...names: readonly string[]): Measure['read'] {
  return (output) => {
    const found = names.map((name) => new RegExp(`(?:^|[ (])${name}=([\\d.]+)`, 'm').exec(output)?.[1]);
    return found.includes(undefined) ? null : found.join(' / ');
  };
}

/** `pass 2119/2119` of a scorer's line. */
const passed: Measure['read'] = (output) => /pass (\d+\/\d+)/.exec(output)?.[1] ?? null;

export const measures: readonly Measure[] = [
  {
    name: 'body, scrapinghub, F1',
    peer: '.952',
    least: '.962',
    aim: '.970',
    script: 'eval_extract.py',
    what: 'extract',
    data: 'scrapinghub',
    read: figures('F1'),
  },
  {
    name: 'body, trafilatura, segment F1; headline / author / date',
    peer: '.893; .70 / .55 / .67',
    least: '.908; .80 / .62 / .75',
    aim: '.924; .85 / .70 / .90',
    script: 'eval_extract.py',
    what: 'extract',
    data: 'trafilatura',
    read: figures('segF1', 'title', 'author', 'date'),
  },
  {
    name: 'date, htmldate',
    peer: '.65',
    least: '.75',
    aim: '.90',
    script: 'eval_extract.py',
    what: 'extract',
    data: 'htmldate',
    read: figures('date'),
  },
  {
    name: 'summary, CNN/DM, 240 characters: R1 / R2 / whole sentences',
    peer: '29.2 / 10.3 whole; 32.3 / 11.7 cut',
    least: '33.3 / 12.3 / .95',
    aim: '35 / 14 / .95',
    script: 'eval_summary.py',
    what: 'summary',
    data: 'cnndm_ctrlsum',
    args: ['--budget', 'post'],
    read: figures('R1', 'R2', 'whole'),
  },
  {
    name: 'summary, publishers’ own descriptions: R1',
    peer: '51.6',
    least: '54',
    aim: '58',
    script: 'eval_summary.py',
    what: 'summary',
    data: 'og_description',
    args: ['--budget', 'post'],
    read: figures('R1'),
  },
  {
    name: 'hashtags, editors’ tags: F1@5 / any of first 3',
    peer: '16.4 / 49',
    least: '20 / 57',
    aim: '23 / 63',
    script: 'eval_keywords.py',
    what: 'hashtags',
    data: 'editor_tags',
    read: figures('F1@5', 'any@3'),
  },
  {
    name: 'keywords, DUC: F1@5',
    peer: '15',
    least: '19',
    aim: '25',
    script: 'eval_keywords.py',
    what: 'hashtags',
    data: 'duc2001',
    read: figures('F1@5'),
  },
  {
    name: 'weighted length, links, hashtags, mentions, cashtags: conformance',
    peer: '2119',
    least: 'all',
    aim: '2119/2119',
    script: 'eval_twitter.py',
    what: 'measure',
    data: 'conformance',
    read: passed,
  },
  ...(
    [
      ['emoji of Unicode 17 that weigh 2', '2986', '3953/3953', 'emoji_rgi'],
      ['graphemes', 'all', '766/766', 'grapheme_break'],
      ['facets', 'all', '97/97', 'bluesky_facets'],
      ['length with federated mentions', 'all', '8/8', 'mastodon_length'],
    ] as const
  ).map(([name, peer, aim, data]): Measure => {
    return { name, peer, least: 'all', aim, script: 'eval_unicode.py', what: 'measure', data, read: passed };
  }),
  {
    name: 'feeds: documents right / errors',
    peer: '75 %',
    least: '85 %, no crash',
    aim: '95 %',
    script: 'eval_feed.py',
    what: 'feed',
    data: 'feedparser',
    read: (output) => {
      const found = /docs ok \d+\/\d+ \(([\d.]+%)\).*?errors=(\d+\/\d+)/.exec(output);
      return found ? `${found[1]} / ${found[2]}` : null;
    },
  },
  {
    name: 'whole feeds in the wild: errors',
    peer: '',
    least: '0',
    aim: '0',
    script: 'eval_feed.py',
    what: 'feed',
    data: 'real_and_fixtures',
    read: (output) => /errors=(\d+\/\d+)/.exec(output)?.[1] ?? null,
  },
];
