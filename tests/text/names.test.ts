import { describe, expect, it } from 'vitest';
import { chooseHashtags } from '../../src/text/hashtags.ts';
import { BLANK } from './articles.ts';

const tagsOf = (lang: string, title: string, text: string): string[] =>
  chooseHashtags({ ...BLANK, lang, title, text }, { strategy: 'smart' })
    .filter((hashtag) => hashtag.kept)
    .map((hashtag) => hashtag.tag);

/** A name, its surname, its tag and the parts of it that must not become tags of their own. */
const NAMES: readonly (readonly [string, string, string, string])[] = [
  ['fr', 'Bastien Le Goff', 'Le Goff', '#BastienLeGoff'],
  ['fr', 'Jeanne d’Aubigné', 'd’Aubigné', '#JeanneDAubigné'],
  ['fr', 'Anne de La Tour', 'La Tour', '#AnneDeLaTour'],
  ['fr', "Paul d'Arvor", "d'Arvor", '#PaulDArvor'],
  ['de', 'Ursula van der Meer', 'van der Meer', '#UrsulaVanDerMeer'],
  ['de', 'Ludwig von Hagen', 'von Hagen', '#LudwigVonHagen'],
  ['de', 'Clara von der Aue', 'von der Aue', '#ClaraVonDerAue'],
  ['de', 'Peter zu Löwen', 'zu Löwen', '#PeterZuLöwen'],
  ['es', 'Pedro de la Fuente', 'De la Fuente', '#PedroDeLaFuente'],
  ['es', 'María del Carmen Soto de la Vega', 'Soto de la Vega', '#MaríaDelCarmenSotoDeLaVega'],
  ['es', 'Lucía de los Arcos', 'De los Arcos', '#LucíaDeLosArcos'],
  ['en', 'Mohammed bin Zaher', 'bin Zaher', '#MohammedBinZaher'],
  ['en', 'Edith van den Berg', 'Van den Berg', '#EdithVanDenBerg'],
  ['en', 'Omar al-Rashid', 'al-Rashid', '#OmarAlRashid'],
  ['en', 'Sven af Klint', 'Af Klint', '#SvenAfKlint'],
];
const STORY: Readonly<Record<string, (name: string, surname: string) => readonly [string, string]>> = {
  en: (name, surname) => [
    `${name} opens museum in Marrowby`,
    `The painter ${name} opened the museum in Marrowby on Monday. Crowds cheered ${name} at the gate. A speech by ${surname} followed.`,
  ],
  fr: (name, surname) => [
    `${name} ouvre le musée de Marrowby`,
    `Le maire a invité hier ${name} au musée de Marrowby. La foule a salué ${name} à la porte. Selon ${surname}, le musée sera gratuit.`,
  ],
  de: (name, surname) => [
    `${name} öffnet das Museum in Marrowby`,
    `Im Rathaus stellte sich gestern ${name} vor. Viele wollten ${name} sehen. Ein Wort von ${surname} genügte ihnen.`,
  ],
  es: (name, surname) => [
    `${name} abre el museo de Marrowby`,
    `El alcalde recibió ayer a ${name} en el museo de Marrowby. El público saludó a ${name} en la puerta. ${surname} prometió volver.`,
  ],
};

describe('a name with small words in it', () => {
  it.each(NAMES)('%s: %s, known as %s, is one tag: %s', (lang, name, surname, tag) => {
    const [title, text] = STORY[lang]?.(name, surname) ?? ['', ''];
    const tags = tagsOf(lang, title, text);
    expect(tags).toContain(tag);
    const parts = new Set(name.split(/[\s’']/u).map((part) => `#${part}`));
    expect(tags.filter((one) => parts.has(one))).toEqual([]);
  });

  it('knows who is named so twice, whatever word stands before', () => {
    const text =
      'Ludwig von Hagen wird Intendant des Stadttheaters Lindfurt. Der Stadtrat wählte Ludwig von Hagen am Dienstag einstimmig.';
    const tags = tagsOf('de', 'Ludwig von Hagen wird Intendant in Lindfurt', text);
    expect(tags).toContain('#LudwigVonHagen');
    expect(tags.join(' ')).not.toMatch(/#Hagen|#Ludwig(?!Von)|DesStadttheaters/u);
  });

  it('takes no article of a sentence behind a dateline for a part of a name', () => {
    const text =
      'VALDELUNA (AgenSur) – El Congreso de Valdeluna aprobó la ley. Después, el Congreso de Valdeluna cerró. Todos miraban al Congreso de Valdeluna.';
    expect(tagsOf('es', 'Aprobada la ley', text).join(' ')).not.toMatch(/#El/u);
  });

  it('leaves a title away where two names follow it, and keeps it where one does', () => {
    const text =
      'Prince Mohammed bin Zaher and Prince Oskar met in Marrowby. Crowds cheered Prince Mohammed bin Zaher. Then Prince Oskar left.';
    const tags = tagsOf('en', 'Princes meet in Marrowby', text);
    expect(tags).toContain('#MohammedBinZaher');
    expect(tags).toContain('#PrinceOskar');
  });

  it('names a club, not the last word of its name', () => {
    const text =
      'Ludford United lost the final on Monday in Marrowby. Fans of United stayed. United had led for an hour. Ludford is a town of 9,000, and United is its pride.';
    const tags = tagsOf('en', 'Ludford United lose final', text);
    expect(tags).toContain('#LudfordUnited');
    expect(tags).not.toContain('#United');
    expect(tags).not.toContain('#Ludford');
  });

  it.each([
    ['de', 'Brandt gewinnt', 'Im Mai hat Karla Brandt den Preis gewonnen. Sie dankte der Stadt Marrowby.', /Den|Der/u],
    [
      'es',
      'Ruiz gana',
      'El lunes ganó Julia Ruiz la Copa de Marrowby. Después habló Julia Ruiz.',
      /La(?:Copa)?$|RuizLa/u,
    ],
    [
      'fr',
      'Ferrand gagne',
      'Lundi a gagné Julie Ferrand le Prix de Marrowby. Puis Julie Ferrand a parlé.',
      /FerrandLe/u,
    ],
  ])('%s: an article before a noun joins nothing to a name', (lang, title, text, wrong) => {
    expect(tagsOf(lang, title, text).filter((tag) => wrong.test(tag))).toEqual([]);
  });

  it('knows a country behind an elided article', () => {
    const text =
      'Selon le maire, l’Ostrie paiera le pont. Mais l’Ostrie n’a rien signé. En Ostrie, le vote est en mai.';
    expect(tagsOf('fr', 'L’Ostrie paiera le pont', text)).toContain('#Ostrie');
  });
});

describe('a German noun', () => {
  const text =
    'Die Stadt Marrowstadt gibt in diesem Jahr mehr Geld für ihre Schulen aus. Geld fehlt vor allem für Lehrer und Heizung. Bürgermeisterin Edda Quill sagte, ohne Geld gehe nichts. Kinder und Eltern standen vor dem Rathaus. Kinder brauchen Lärm, sagte Edda Quill. Marrowstadt liegt an der Halde.';

  it('is no tag for its capital alone, and names are tags as before', () => {
    const tags = tagsOf('de', 'Mehr Geld für die Schulen in Marrowstadt', text);
    expect(tags).toEqual(expect.arrayContaining(['#Marrowstadt', '#EddaQuill']));
    expect(tags.join(' ')).not.toMatch(/#(?:Geld|Kinder|Eltern|Lehrer|Heizung|Lärm|Rathaus)\b/u);
  });

  it('is a topic where the headline has it and it says something', () => {
    expect(tagsOf('de', 'Mehr Geld für die Schulen in Marrowstadt', text)).toContain('#Schulen');
  });

  it('is a surname where somebody is called so', () => {
    const story = 'Am Montag trat Karla Richter in Lindfurt auf. Lange sprach Karla Richter. Dann ging Richter.';
    expect(tagsOf('de', 'Applaus in Lindfurt', story)).toContain('#KarlaRichter');
  });

  it.each([
    [
      'Klagte Jonas Reuter zu spät?',
      'Klagte Jonas Reuter zu spät? Das Gericht in Marrowstadt prüft es. Lange schwieg Jonas Reuter. Für Jonas Reuter geht es um viel.',
    ],
    [
      'Jonas Reuter vor Gericht',
      'MARROWSTADT (mna) – Klagte Jonas Reuter zu spät? Das Gericht prüft es – Klagte Jonas Reuter zu früh? Für Jonas Reuter geht es um viel.',
    ],
    [
      'Jonas Reuter vor Gericht',
      'Das Gericht fragte: »Zahlte Jonas Reuter die Miete?« Lange schwieg Jonas Reuter. (Zahlte Jonas Reuter sie doch?) Für Jonas Reuter geht es um viel.',
    ],
  ])('is told from the verb before it: %s', (title, story) => {
    const tags = tagsOf('de', title, story);
    expect(tags).toContain('#JonasReuter');
    expect(tags.join(' ')).not.toMatch(/Klagte|Zahlte/u);
  });

  it('is part of the name of who is called like a verb', () => {
    const story = 'Malte Brandt siegt in Lindfurt. Malte Brandt dankte allen. Den Preis bekam Malte Brandt am Abend.';
    expect(tagsOf('de', 'Malte Brandt siegt in Lindfurt', story)).toContain('#MalteBrandt');
  });
});

describe('what an editor would not sign', () => {
  const rest = 'The council met twice. The bridge stays closed, and the bridge will be mended.';

  it.each([
    [
      'a saint cut from the name',
      'St. Alban’s bridge closes',
      `The bridge in St. Alban’s was closed. ${rest}`,
      '#StAlban',
      '#Alban',
    ],
    [
      'initials without their name',
      'J.K. Farrow wins the vote',
      `Mayor J.K. Farrow won the vote. Farrow was glad. ${rest}`,
      '#JKFarrow',
      '#JK',
    ],
    [
      'the number of a name',
      'Tessen buys the port',
      `Tessen was led by Ola Okonkwo-Reyes III. Tessen bought the port. ${rest}`,
      '#Tessen',
      '#III',
    ],
    [
      'the capitals of a dateline',
      'Tessen buys the port',
      `ST. CARROW (MNA) — Tessen bought it. ${rest}`,
      '#Tessen',
      '#ST',
    ],
    [
      'two words that stand side by side once',
      'Tessen buys the port',
      `Tessen sent it to the mayor’s desk hours before noon. ${rest}`,
      '#Tessen',
      '#DeskHours',
    ],
    [
      'a name cut by a nickname',
      'Jury clears Hargis',
      `The jury cleared Del "Red" Hargis. Hargis wept. ${rest}`,
      '#DelHargis',
      '#Del',
    ],
    [
      'the half of the day',
      'Tessen votes',
      `Voting in Tessen ends at 9 p.m. today, not at 8 p.m. as before. ${rest}`,
      '#Tessen',
      '#Pm',
    ],
    [
      'whoever it happened to',
      'Man held in Tessen',
      `A man was held in Tessen. The man was calm. ${rest}`,
      '#Tessen',
      '#Man',
    ],
  ])('%s', (_, title, text, right, wrong) => {
    const tags = tagsOf('en', title, text);
    expect(tags).toContain(right);
    expect(tags).not.toContain(wrong);
  });

  it('a French courtesy, and a name shouted in a dateline', () => {
    const text =
      'SAINT-AUBRY (AFP) - Le maire de Saint-Aubry part. L’opposition de Mme Inès Aït-Kaci attend. Mme Inès Aït-Kaci rit.';
    const tags = tagsOf('fr', 'Le maire de Saint-Aubry quitte la mairie', text);
    expect(tags).toEqual(expect.arrayContaining(['#SaintAubry', '#InèsAïtKaci']));
  });

  it('what a German is accused of, or the party that he is of', () => {
    const text =
      'Das Gericht sprach Udo Hansen vom Vorwurf der Untreue frei. Dort war Jana Prokop von der CDU. Auch Ursula von der Leyen schwieg.';
    const tags = tagsOf('de', 'Freispruch in Marrowby', text);
    expect(tags).toEqual(expect.arrayContaining(['#UdoHansen', '#JanaProkop', '#UrsulaVonDerLeyen']));
  });

  it.each([
    ['it', 'Crolla il ponte di Valdora', 'È crollato il ponte di Valdora. A Valdora nessun ferito.', ['#Valdora']],
    ['pl', 'Pożar w Rudzicach. Nikt nie ucierpiał', 'W Rudzicach spłonęła hala. Nikt nie ucierpiał.', ['#Rudzicach']],
  ])('%s: a verb or a nobody at the head of a headline', (lang, title, text, expected) => {
    expect(tagsOf(lang, title, text)).toEqual(expected);
  });

  it.each([
    [
      'ar',
      'افتتاح جسر الوادي',
      'الوادي (واس) — افتتح جسر الوادي يوم الثلاثاء. وقال سكان الوادي إن جسر الوادي جديد.',
      'الوادي',
    ],
    ['hi', 'रामगढ़ी में अस्पताल खुला', 'रामगढ़ी, 24 नवंबर (भाषा) रामगढ़ी में अस्पताल खुला। रामगढ़ी खुश है।', 'रामगढ़ी'],
  ])('%s: but a script without capitals keeps the place of its dateline', (lang, title, text, name) => {
    expect(tagsOf(lang, title, text).join(' ')).toContain(name);
  });
});
