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
