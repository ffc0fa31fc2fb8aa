import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Extracted, type ExtractionRefusal, extractArticle } from '../../src/text/html.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/pages/${name}`, import.meta.url), 'utf8');
const address = 'https://www.westmouth-courier.example/local/2026/03/04/harbour-wall-vote';
const read = (html: string, url: string | null = address): Extracted => {
  const found = extractArticle(html, url);
  if (found.kind === 'refused') throw new Error(`${found.reason}: ${found.detail}`);
  return found;
};
const refuse = (html: string, url: string | null = address): ExtractionRefusal => {
  const found = extractArticle(html, url);
  if (found.kind === 'article') throw new Error(`an article: ${found.article.text}`);
  return found;
};

const sentence = 'The council of Westmouth met on Monday evening and spoke for two hours about the price of fish. ';
const body = Array.from({ length: 6 }, (_, at) => `<p>${at + 1}. ${sentence.repeat(2)}</p>`).join('\n');
const page = (inner: string, head = '') =>
  `<!doctype html><html><head><title>Fish</title>${head}</head><body>${inner}</body></html>`;

describe('a news page', () => {
  const { article, confidence } = read(fixture('article.html'));

  test('gives the body in paragraphs and nothing from beside it', () => {
    expect(article.text.split('\n')).toEqual([
      'The town council of Westmouth voted on Tuesday to rebuild the harbour wall that collapsed in last winter’s storms.',
      'The decision, taken by eleven votes to four after a debate of almost five hours, commits the town to spending 18.4 million crowns over three years.',
      'Mayor Ada Lindqvist called it “the most expensive and the most necessary” project of her term. Without the wall, she said, every spring tide put the lower town and its two hundred households at risk.',
      'Against the sea',
      'Opponents argued that the money would be better spent on moving the fish market and the ferry terminal to higher ground. “We are building against the sea and the sea has more patience than we have,” said councillor Bertil Oyelaran.',
      'Eleven votes for the wall, four against',
      'Work begins in September',
      'The government in Norrby has promised to pay a third of the cost, provided that the wall is opened to walkers again.',
    ]);
  });

  test('gives what the desk needs to know about it', () => {
    expect({ ...article, text: '' }).toEqual({
      title: 'Westmouth votes to rebuild its harbour wall',
      text: '',
      lang: 'en-GB',
      url: address,
      siteName: 'The Westmouth Courier',
      section: 'Local',
      keywords: ['Harbour', 'Westmouth'],
      authors: ['Maire Tuominen', 'Dario Antonescu'],
      description: 'Eleven of fifteen councillors are for spending 18.4 million crowns.',
      publishedAt: '2026-03-04T18:20:00+01:00',
      modifiedAt: '2026-03-04T19:05:00+01:00',
      image: {
        url: 'https://www.westmouth-courier.example/pictures/harbour-wall-1200.jpg',
        alt: null,
      },
    });
  });

  test('is sure of itself', () => {
    expect(confidence).toBeGreaterThan(0.8);
  });

  test('gives the same twice', () => {
    expect(extractArticle(fixture('article.html'), address)).toEqual(extractArticle(fixture('article.html'), address));
  });
});

describe('what is kept', () => {
  test('a body in bare text between line breaks', () => {
    const { article } = read(
      page(
        `<div class="widget post-body">${Array(6)
          .fill(sentence.repeat(2))
          .map((text, at) => `${at} ${text}`)
          .join('<br><br>')}</div>`,
      ),
    );
    expect(article.text.split('\n')).toHaveLength(6);
  });

  test('a list inside the story', () => {
    expect(
      read(
        page(
          `<article>${body}<ul><li>Cod: 12 crowns</li><li>Herring: 4 crowns</li></ul>${body.replaceAll('Monday', 'Friday')}</article>`,
        ),
      ).article.text,
    ).toContain('Herring: 4 crowns');
  });

  test('a body although the page calls its container “related” or “sidebar”', () => {
    expect(read(page(`<div class="related sidebar">${body}</div>`)).article.text).toContain('6. The council');
  });

  test('prose that opens with “Read” or mentions a newsletter in a long sentence', () => {
    const kept = `Read by nobody for a century, the letters lay in a tin in the harbour office until a clerk went looking for the newsletter of 1911 and found them.`;
    expect(
      read(page(`<article>${body}<p>${kept}</p>${body.replaceAll('Monday', 'Friday')}</article>`)).article.text,
    ).toContain(kept);
  });

  test('right-to-left text as it stands', () => {
    const arabic =
      'اجتمع مجلس مدينة وستموث مساء الاثنين وتحدث لمدة ساعتين عن أسعار السمك في الميناء القديم، ثم صوت على بناء الجدار. ';
    const { article } = read(
      page(
        `<article>${Array(5)
          .fill(0)
          .map((_, at) => `<p>${at} ${arabic.repeat(2)}</p>`)
          .join('')}</article>`,
      ),
    );
    expect(article.text).toContain(arabic.trim());
    expect(article.lang).toBe('ar');
  });

  test('Chinese paragraphs, which say much in few characters', () => {
    const chinese = '市议会周一晚上就鱼价问题讨论了两个小时，随后以十一票对四票决定重建港口的防波堤。';
    const { article } = read(
      page(
        `<article>${Array(5)
          .fill(0)
          .map((_, at) => `<p>${at}${chinese}</p>`)
          .join('')}</article>`,
      ),
    );
    expect(article.text.split('\n')).toHaveLength(5);
  });
});

describe('what is left out', () => {
  const extras = [
    [
      'a caption',
      '<figure><img src="a.jpg"><figcaption>The fish market at dawn on Monday.</figcaption></figure>',
      'at dawn',
    ],
    ['a credit', '<p>Photograph: Petra Salonen</p>', 'Salonen'],
    ['a sign-up box', '<p>Sign up for our daily newsletter and get the news in your inbox.</p>', 'Sign up'],
    ['a German sign-up box', '<p>Jetzt den Newsletter abonnieren!</p>', 'Newsletter'],
    ['a pointer', '<p><a href="/x">READ MORE: Ferry to Karlsund stops for two weeks</a></p>', 'Ferry'],
    ['a pointer in Spanish', '<p>Lea también: <a href="/x">El ferry se detiene</a></p>', 'ferry'],
    ['a date line', '<p>Updated: 4 March 2026, 18:20</p>', '18:20'],
    ['a date alone', '<p>Wednesday, 4 March 2026 18:20</p>', '18:20'],
    ['a call for letters', '<p>We want to hear from you. Submit a letter to the editor.</p>', 'letter'],
    ['a share bar', '<div class="share-tools"><span>Share this story with your friends now.</span></div>', 'Share'],
    ['a hidden text', '<p style="display: none">Only a search engine reads this sentence.</p>', 'search engine'],
    ['a co-writer', '<p>Additional reporting by Kim Salonen in Gellin</p>', 'Salonen'],
    ['the signature of a post', '<p>— Ada Lind (@adalind) November 24, 2026</p>', 'adalind'],
    ['an Arabic date', '<p>نُشر في 24 نوفمبر 2026</p>', '2026'],
    ['a Hebrew byline', '<p>מאת: נעמה בר</p>', 'נעמה'],
    ['a script', '<script>document.write("Loaded by a script today.")</script>', 'script'],
    [
      'a paragraph that is one link',
      '<p><a href="/x">Bakers in Gellin walk out over their night shifts</a></p>',
      'Bakers',
    ],
  ] as const;

  test.each(extras)('%s', (_, extra, telltale) => {
    const { text } = read(
      page(`<article><h1>Fish</h1>${body}${extra}${body.replaceAll('Monday', 'Friday')}</article>`),
    ).article;
    expect(text).not.toContain(telltale);
    expect(text.split('\n')).toHaveLength(12);
  });

  test('a list of other stories together with the line that introduces it', () => {
    const list =
      '<h3>More on this story</h3><ul><li><a href="/1">Ferry stops</a> for two weeks</li><li><a href="/2">Bakers walk out</a> at night</li></ul>';
    expect(read(page(`<article>${body}${list}</article>`)).article.text).not.toMatch(/Ferry|Bakers|More on/);
  });

  test('the headline, repeated above the body', () => {
    expect(read(page(`<article><div>Fish</div>${body}</article>`)).article.text).toMatch(/^1\. The council/);
  });

  test('the headline, repeated above a short body', () => {
    const text = `${sentence.repeat(2)}The fish was sold at noon, and nobody asked why it was.`;
    expect(read(page(`<article><h1>Fish</h1><div>Fish</div><p>${text}</p></article>`)).article.text).toBe(text);
  });

  test('a paragraph printed twice', () => {
    expect(read(page(`<article>${body}${body}</article>`)).article.text.split('\n')).toHaveLength(6);
  });
});

describe('confidence', () => {
  const stated = (text: string) =>
    `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Fish', articleBody: text })}</script>`;

  test('falls where JSON-LD states another body', () => {
    const other =
      'A planet that circles two stars has two sunsets every evening, astronomers at Mount Haldis say. '.repeat(8);
    const agreeing = read(page(`<article>${body}</article>`, stated(body.replaceAll(/<[^>]+>/g, '')))).confidence;
    const differing = read(page(`<article>${body}</article>`, stated(other))).confidence;
    expect(agreeing - differing).toBeGreaterThan(0.25);
  });

  test('is lower for a short notice than for a report', () => {
    const short = read(page(`<article><p>${sentence.repeat(2)}</p></article>`)).confidence;
    expect(short).toBeLessThan(read(page(`<article>${body}</article>`)).confidence);
  });
});

describe('a refusal says why', () => {
  test('paywall, with the teaser and the headline all the same', () => {
    const found = refuse(fixture('paywall.html'), 'https://norrby-ledger.example/inside-the-harbour-deal');
    expect(found).toMatchObject({
      reason: 'paywall',
      partial: { title: 'Inside the harbour deal', publishedAt: '2026-03-06' },
    });
    expect(found.partial.text).toMatch(/^The letter that Mayor Ada Lindqvist keeps/);
  });

  test('paywall in words only', () => {
    const offer = '<p>Sie haben bereits ein Abo? Jetzt weiterlesen.</p>';
    expect(
      refuse(page(`<article><h1>Fisch</h1><p>${sentence.repeat(2)}</p></article><div>${offer}</div>`)).reason,
    ).toBe('paywall');
  });

  test('a full text is not refused only because it is marked as paid', () => {
    const head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>';
    const whole = `<article>${body}${body.replaceAll('Monday', 'Friday')}</article>`;
    expect(read(page(whole, head)).article.text).toContain('6. The council');
  });

  test.each([
    ['consent-wall', 'consent.html', 'https://gellin-abend.example/wirtschaft/baecker'],
    ['list-page', 'list.html', 'https://www.westmouth-courier.example/local'],
    ['needs-javascript', 'script-only.html', 'https://coast.example/ferry'],
  ])('%s', (reason, name, url) => {
    expect(refuse(fixture(name), url)).toMatchObject({ reason, detail: expect.stringMatching(/\.$/) });
  });

  const places = ['harbour', 'museum', 'quarry', 'market', 'chapel', 'station', 'orchard', 'tower', 'canal', 'school'];
  const teasers = Array.from({ length: 30 }, (_, n) => {
    const place = `${places[n % 10]} number ${n}`;
    return {
      title: `Council decides at last about the ${place}`,
      blurb: `The council of Carrow has decided what becomes of the ${place}, after ${n + 2} years of talks with its owners and with the neighbours.`,
    };
  });
  test.each([
    [
      'articles',
      ({ title, blurb }: (typeof teasers)[0]) => `<article><h3><a href="/x">${title}</a></h3><p>${blurb}</p></article>`,
    ],
    [
      'boxes',
      ({ title, blurb }: (typeof teasers)[0]) =>
        `<div class="item"><div><h2><a href="/x">${title}</a></h2></div><p>${blurb}</p></div>`,
    ],
    ['a list', ({ title, blurb }: (typeof teasers)[0]) => `<li><a href="/x"><h3>${title}</h3></a><p>${blurb}</p></li>`],
    [
      'boxes without headings',
      ({ title, blurb }: (typeof teasers)[0]) =>
        `<div class="card"><span>3 March</span> <a href="/x">${title}</a><div>${blurb}</div></div>`,
    ],
    [
      'paragraphs in boxes',
      ({ title, blurb }: (typeof teasers)[0]) =>
        `<div class="card"><p><a href="/x">${title}</a></p><p>${blurb} <a href="/x">Read more</a></p></div>`,
    ],
    ['a plain list', ({ title, blurb }: (typeof teasers)[0]) => `<li><a href="/x">${title}</a> ${blurb}</li>`],
  ])('list-page, whatever its teasers are written as and its template says: %s', (_, write) => {
    const entries = teasers.slice(0, 9).map(write).join('');
    const claim = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Local"}</script>';
    for (const head of ['', claim, '<meta property="og:type" content="article">']) {
      expect(refuse(page(`<main><h1>Local</h1><ul>${entries}</ul></main>`, head)).reason).toBe('list-page');
    }
  });

  test.each([
    [
      'a round-up whose sentences begin with a link',
      ({ title, blurb }: (typeof teasers)[0]) => `<li><a href="/x">${title}</a>, says the mayor. ${blurb}</li>`,
    ],
    [
      'a list of shops, each with its own site',
      ({ title, blurb }: (typeof teasers)[0]) => `<h3><a href="https://shop.example/">${title}</a></h3><p>${blurb}</p>`,
    ],
    [
      'a live blog, whose titles lead into itself',
      ({ title, blurb }: (typeof teasers)[0]) =>
        `<div><h3><a href="#post">${title}</a></h3><p>${blurb.repeat(2)}</p></div>`,
    ],
  ])('is an article: %s', (_, write) => {
    const entries = teasers.map(write).join('');
    expect(read(page(`<article><h1>Fish</h1><p>${sentence}</p><ul>${entries}</ul></article>`)).article.text).toContain(
      'The council of Carrow has decided',
    );
  });

  test('an article with many others beside it is an article', () => {
    const others = teasers.map(({ title, blurb }) => `<div><h3><a href="/x">${title}</a></h3><p>${blurb}</p></div>`);
    const found = read(
      page(`<article><h1>Fish</h1>${body}</article><aside class="related">${others.join('')}</aside>`),
    );
    expect(found.article.text).toContain('6. The council');
  });

  test.each([
    [
      'needs-javascript',
      'Just a moment… We are checking your browser before you reach the site. This takes a few seconds, and it happens by itself. Ray ID 8f2c.',
    ],
    [
      'needs-javascript',
      'Please turn on JavaScript in your browser to see this page. It shows the news of the day, the weather and the tides of the whole coast of Carrow.',
    ],
    [
      'no-article',
      'Page not found. The page that you are looking for may have been moved or removed. Look for it with the search, or go back to the front page of the Merrow Post.',
    ],
    [
      'paywall',
      `${'The letter came on a Monday, and nobody in the town hall wanted to open it. '.repeat(3)} Unlock this article. Try unlimited access for £1 a month.`,
    ],
    [
      'paywall',
      `${'The letter came on a Monday, and nobody in the town hall wanted to open it. '.repeat(3)} To read this story, become a member.`,
    ],
    [
      'paywall',
      `${'Список пришёл в понедельник, и никто в ратуше не хотел его открывать. '.repeat(3)} Оформите подписку, чтобы читать дальше.`,
    ],
    [
      'paywall',
      `${'List przyszedł w poniedziałek i nikt w ratuszu nie chciał go otworzyć. '.repeat(3)} Czytaj dalej z prenumeratą.`,
    ],
    [
      'paywall',
      `${'手紙は月曜日に届いたが、市役所では誰も開けようとしなかった。町長は何も言わなかった。'.repeat(2)} この記事は有料会員限定です。残り1200文字`,
    ],
  ])('%s, in the words of the page: %s', (reason, words) => {
    expect(refuse(page(`<main><h1>Carrow</h1><p>${words}</p></main>`)).reason).toBe(reason);
  });

  test.each([
    'Dalsza część artykułu jest dostępna dla subskrybentów.',
    'Pozostało 82% artykułu.',
    'Wykup dostęp i czytaj bez ograniczeń.',
    'Aby przeczytać cały tekst, zaloguj się.',
    'Ten artykuł przeczytasz w ramach prenumeraty.',
  ])('paywall, as Polish newsrooms word it: %s', (line) => {
    const teaser = 'List przyszedł w poniedziałek i nikt w ratuszu nie chciał go otworzyć. '.repeat(3);
    expect(refuse(page(`<main><h1>Carrow</h1><p>${teaser}</p><div>${line}</div></main>`)).reason).toBe('paywall');
  });

  test('a short article about cookies and consent is no wall', () => {
    const fine =
      'The regulator fined the shop 40,000 crowns on Monday, because its cookie banner left visitors no choice. Privacy groups had complained twice. The shop has changed the consent page since, its owner said, and regrets the cookie affair.';
    expect(read(page(`<article><h1>Fine</h1><p>${fine}</p></article>`)).article.text).toContain('40,000 crowns');
  });

  test('too short', () => {
    expect(refuse(page('<article><h1>Fish</h1><p>Fish is dear.</p></article>')).reason).toBe('too-short');
  });

  test('not HTML', () => {
    expect(refuse('just some words').reason).toBe('not-html');
  });

  test('no article', () => {
    expect(refuse('<html><body><div></div></body></html>').reason).toBe('no-article');
  });
});

describe('hostile pages end quickly and never throw', () => {
  test.each([
    ['endless nesting', `${'<div>'.repeat(50_000)}x`],
    ['endless inline nesting', `${'<b><i>'.repeat(30_000)}x`],
    ['unclosed everything', '<p><table><tr><td><a><p><ul><li>'.repeat(5000)],
    ['containers without end', '<div class="a"><p>word, word <a href="#">x</a>'.repeat(90_000)],
    ['a flat mile of elements', '<br>'.repeat(200_000)],
    ['a huge attribute', `<p class="${'a '.repeat(500_000)}">x</p>`],
    ['JSON-LD that nests for ever', page('', `<script type="application/ld+json">${'['.repeat(100_000)}</script>`)],
    ['broken JSON-LD', page('', '<script type="application/ld+json">{"@type": </script>')],
    ['zero characters and lone surrogates', page(`<p>\0\ud800${sentence}</p>`)],
    [
      'a base that is no address',
      page(`<p>${sentence}</p>`, '<base href="ht!tp://"><link rel="canonical" href="::::">'),
    ],
  ])('%s', { timeout: 60_000 }, (_, html) => {
    const before = process.threadCpuUsage();
    expect(['article', 'refused']).toContain(extractArticle(html, 'https://a.example/x').kind);
    // Microseconds of this thread: a busy machine does not count.
    const { user } = process.threadCpuUsage(before);
    expect(user / 1e6).toBeLessThan(4);
  });
});
