import { expect, it } from 'vitest';
import type { ApiSummary, Article, Post } from '../../src/dashboard/api/types.ts';
import { sourcesOf } from '../../src/dashboard/parts/why-traces.ts';

const sentences = [
  ['The town of Velmar opened a library on Monday.', 2],
  ['Its doors stand open until five in the morning.', 1],
  ['Mayor Ilse Torvald said the idea came from the dock workers.', 3],
  ['The library cost 2.4 million crowns and holds 18,000 books.', 4],
  ['On the first night 412 people came in.', 5],
  ['The last of them left with a cookery book.', 6],
  ['The stove stays free for sleeping readers.', 7],
  ['“We wake them,” he said.', null],
].map(([text, rank], index) => ({ index, text, rank, start: 0, end: 0, score: 0, reasons: [] }));
const summary = { engine: 'extractive', version: '1', lang: 'en', sentences, hashtags: [] } as unknown as ApiSummary;
const article = { title: 'A library for the night' } as Article;
const post = (id: string, text: string): Post => ({ id, parts: [{ text }] }) as unknown as Post;

it('traces each post, whatever the rank of what it says, and tells which posts say a sentence', () => {
  const { said, users } = sourcesOf(
    [
      post('one', 'The last of them left with a cookery book.'),
      post('two', 'Its doors stand open until five. On the first night 41 people came in. Dogs are free. #Night'),
      post('three', 'The last of them left with a cookery book.\nhttps://news.example/1 #Velmar'),
    ],
    article,
    summary,
    [],
  );
  expect(
    said.map(({ posts, traces }) => [posts.map(({ id }) => id), traces.map(({ from, how }) => [from, how])]),
  ).toEqual([
    [['one', 'three'], [[5, 'whole']]],
    [
      ['two'],
      [
        [1, 'shortened'],
        [4, 'edited'],
        [null, 'new'],
      ],
    ],
  ]);
  expect(
    [...users].map(([index, posts]) => [
      index,
      posts.map(({ post: { id }, isEdited }) => (isEdited ? `${id}, edited` : id)),
    ]),
  ).toEqual([
    [5, ['one', 'three']],
    [1, ['two']],
    [4, ['two, edited']],
  ]);
});

it('leaves out the best of what no post says, with the reason, and nothing that one says', () => {
  const { left } = sourcesOf([post('one', 'The last of them left with a cookery book.')], article, summary, []);
  expect(left.map(({ sentence, why }) => [sentence.rank, why])).toEqual([
    [1, 'room'],
    [2, 'room'],
    [3, 'room'],
    [4, 'room'],
    [5, 'room'],
    [null, 'barred'],
  ]);
  const best = sourcesOf([post('one', 'Its doors stand open until five in the morning.')], article, summary, []);
  expect(best.left.slice(0, 2).map(({ sentence, why }) => [sentence.rank, why])).toEqual([
    [2, 'below'],
    [3, 'below'],
  ]);
});
