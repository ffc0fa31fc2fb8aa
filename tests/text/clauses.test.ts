import { describe, expect, it } from 'vitest';
import { clauseEnds } from '../../src/text/summary-clauses.ts';

const HEADS: Readonly<Record<string, string>> = {
  en: 'The former treasurer of Marrowby took nine thousand pounds from the harbour fund last year',
  de: 'Der frühere Kämmerer von Marrowby hatte im vergangenen Jahr neuntausend Euro aus der Hafenkasse genommen',
  es: 'El antiguo tesorero de Marrowby fue detenido el lunes por la mañana en el puerto con nueve mil euros',
  fr: 'L’ancien trésorier de Marrowby a pris l’année dernière neuf mille euros dans la caisse du port',
};
const cuts = (lang: string, tail: string): string[] => {
  const text = `${HEADS[lang] ?? ''}${tail}.`;
  return clauseEnds(text, lang).map((end) => text.slice(0, end));
};

describe('a cut never takes away who said it, a denial, a doubt or a condition', () => {
  it.each([
    ', which her lawyer rejects as pure invention',
    ', which she disputes',
    ', while her lawyer insists she is innocent',
    ', as prosecutors argued in court',
    ', in what police described as an accident',
    ', which critics call flawed',
    ', as residents fear',
    ', which he has contested since',
    ', while the defence maintains it was a loan',
    ', as the mayor put it',
    ', according to two members of the council',
    ', which nobody has been able to prove without a doubt',
    ', while he pleads his innocence',
    ', which the court of appeal overturned in May',
    ' — a claim the family refutes',
    '; his lawyer denies it',
    ', as an auditor has it',
    ', pending an appeal',
    ', days after a witness retracted her story',
    ', in what the council considers a mistake',
    ', in what looks like a mistake',
    ', while her supporters see a conspiracy',
    ', whose conviction was quashed in May',
    ', who was later cleared',
    ', with police treating the death as suspicious',
  ])('English: %s', (tail) => {
    expect(cuts('en', tail)).toEqual([]);
  });

  it.each([
    ', wie die Polizei mitteilte',
    ', wie das Magazin berichtete',
    ', was er zurückweist',
    ', was er abstreitet',
    ', wie aus dem Rathaus verlautete',
    ', was die Anwältin bestreitet',
    ', während er seine Unschuld beteuert',
    ', was der Verein dementierte',
    ', wie die Behörde meldet',
    ', wobei die Verteidigung von einem Versehen ausgeht und das bestätigt',
    ', während seine Anwältin den Vorwurf ablehnt',
    ', was Kritiker anzweifeln',
    ' – er wies das zurück',
    ', während Zeugen anderes schildern',
    ', weshalb er freigesprochen wurde',
    ', während sie von einer Verschwörung ausgeht',
  ])('German: %s', (tail) => {
    expect(cuts('de', tail)).toEqual([]);
  });

  it.each([
    ', lo que él niega',
    ', que el acusado rechaza',
    ', mientras su abogado sostiene que es inocente',
    ', lo que desmiente la familia',
    ', mientras la defensa cuestiona las pruebas',
    ', que la fiscalía considera robados',
    ', lo que su partido califica de montaje',
    ', mientras él insiste en que era un préstamo',
    ', que el juez cree ajenos',
    ', lo que apunta el informe',
    ', donde se teme otro caso',
    '; su abogada lo refuta',
    ', que más tarde fue absuelto',
    ', mientras su defensa habla de un error',
    ', lo que aún debe probarse',
  ])('Spanish: %s', (tail) => {
    expect(cuts('es', tail)).toEqual([]);
  });

  it.each([
    ', ce qu’il conteste',
    ', ce qui est démenti par son avocat',
    ', alors que son avocat plaide l’erreur',
    ', tandis que sa famille réfute les faits',
    ', ce qui reste à prouver selon le juge',
    ', alors que la défense soutient qu’il s’agit d’un prêt',
    ', ce qui est rapporté par deux élus',
    ', alors qu’il clame son innocence',
    ', ce qui relève de la rumeur, estime le maire',
    ', qui conteste les faits',
    ', qui rejette les faits',
    ', dont les avocats récusent le témoin',
    ' – il nie tout',
    ', qui a été relaxé depuis',
    ', alors que sa famille parle d’un complot',
    ', ce qui reste à prouver',
  ])('French: %s', (tail) => {
    expect(cuts('fr', tail)).toEqual([]);
  });

  it.each([
    ['en', ', which had been opened by the mayor in 1998'],
    ['en', ', while the ferries were out of the water for the winter'],
    ['de', ', während die Fähren im Trockendock lagen'],
    ['de', ', nachdem die Brücke im Mai geschlossen worden war'],
    ['es', ', que había abierto sus puertas en 1998'],
    ['fr', ', qui avait ouvert ses portes en 1998'],
  ])('and still cuts what a sentence can do without (%s): %s', (lang, tail) => {
    expect(cuts(lang, tail)).toEqual([HEADS[lang]]);
  });
});
