import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/text/html.ts';

const address = 'https://www.westmouth-courier.example/sport/2026/spring';
const page = (title: string, inner: string): string =>
  `<!doctype html><html><head><title>${title}</title></head><body><main><article><h1>${title}</h1>${inner}</article></main></body></html>`;
const many = (write: (number: number) => string): string =>
  Array.from({ length: 20 }, (_, at) => write(at + 1)).join('');
const list = (write: (number: number) => readonly [string, string]): string =>
  `<dl>${many((number) => `<dt>${write(number)[0]}</dt><dd>${write(number)[1]}</dd>`)}</dl>`;

const FIXTURES = list((n) => [`Round ${n}, Saturday, 15:00`, `Marrowby Town v Westmouth Rovers ${n}, Harbour Ground`]);
const PROGRAMME = list((n) => [
  `${n}. Mai, 19 Uhr`,
  `Lesung mit der Dichterin Nummer ${n} in der Stadtbibliothek, danach Gespräch mit dem Publikum im Saal.`,
]);
const RESULTS = list((n) => [`Jornada ${n}`, `Atlético Marrowby ${n} - Deportivo Lindal 0`]);
const WRAPPED = FIXTURES.replaceAll('<dd>', '<dd><p>').replaceAll('</dd>', '</p></dd>');
const TABLE = `<table>${many((n) => `<tr><td>${n}</td><td>Marrowby Town</td><td>${60 - n}</td><td>${n}:${40 - n}</td></tr>`)}</table>`;

describe('a page of records is no article', () => {
  it.each([
    ['fixtures', 'Fixtures of the spring season', FIXTURES],
    ['fixtures in paragraphs', 'Fixtures of the spring season', WRAPPED],
    ['a German programme', 'Das Programm der Festwoche', PROGRAMME],
    ['Spanish results', 'Los resultados de la liga', RESULTS],
    ['a table of results', 'The league after the last round', TABLE],
  ])('%s', (_, title, inner) => {
    const found = extractArticle(page(title, inner), address);
    expect(found).toMatchObject({ kind: 'refused', reason: 'list-page' });
    expect(found.kind === 'refused' && found.detail).toMatch(/schedule or a table .* Give the address of an article/u);
  });
});

describe('a list of records beside an article', () => {
  it.each([
    [
      'en',
      FIXTURES,
      'The harbour council of Marrowby voted on Tuesday to close the old ferry pier for the winter, after engineers found cracks in eleven of its forty piles.',
      'Ferries to Westmouth will leave from the north quay until March, the council said, and tickets bought for the old pier stay valid.',
    ],
    [
      'de',
      PROGRAMME,
      'Der Rat von Marrowstadt hat am Dienstag beschlossen, die alte Stadtbibliothek im Herbst zu schließen, weil das Dach undicht ist.',
      'Die Festwoche soll noch wie geplant stattfinden, sagte die Bürgermeisterin Edda Quill, danach ziehen die Bücher in das Rathaus um.',
    ],
  ])('stays out of its text: %s', (_, records, first, second) => {
    const found = extractArticle(
      page('What the council decided', `<p>${first}</p><p>${second}</p>${records}`),
      address,
    );
    expect(found.kind === 'article' && found.article.text).toBe(`${first}\n${second}`);
  });

  it('is told from questions and answers, which are the article', () => {
    const answers = [
      'Engineers found cracks in eleven of its forty piles, and the council voted on Tuesday to close it for the winter.',
      'They leave from the north quay until March, the council said, and tickets bought for the old pier stay valid.',
      'The repair costs two million crowns, of which the province pays half and the fund for the harbour wall the rest.',
      'Nobody knows yet, but the harbour master hopes that the first ferry leaves from the old pier on the first of April.',
    ];
    const questions = ['Why is the pier closed?', 'Where do ferries leave?', 'Who pays?', 'When does it open?'];
    const inner = `<dl>${answers.map((answer, at) => `<dt>${questions[at]}</dt><dd>${answer}</dd>`).join('')}</dl>`;
    const found = extractArticle(page('Questions about the pier', inner), address);
    for (const answer of answers) expect(found.kind === 'article' && found.article.text).toContain(answer);
  });

  it('keeps the figures of a table that stands in an article', () => {
    const told =
      '<p>Marrowby Town have won the league for the third time in a row, after a season in which they lost only twice and drew five times.</p>';
    const found = extractArticle(page('Marrowby win the league', told + TABLE), address);
    expect(found.kind === 'article' && found.article.text).toContain('Marrowby Town have won the league');
  });
});

it('costs no more where lists nest for ever', () => {
  const before = process.threadCpuUsage();
  extractArticle('<dl><dt>1</dt><dd>'.repeat(20_000), address);
  // Microseconds of this thread: a busy machine does not count.
  expect(process.threadCpuUsage(before).user / 1e6).toBeLessThan(4);
});
