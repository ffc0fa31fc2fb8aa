import { describe, expect, it } from 'vitest';
import { chooseHashtags } from '../../src/text/hashtags.ts';
import { summarize } from '../../src/text/summary.ts';
import { BLANK } from './articles.ts';

const LEADS: Readonly<Record<string, string>> = {
  en: 'The council of Marrowby closed the harbour bridge on Monday after engineers found cracks in two pillars.',
  es: 'El ayuntamiento de Marrowby cerró el lunes el puente del puerto por las grietas de dos pilares.',
  fr: 'Le conseil de Marrowby a fermé lundi le pont du port en raison de fissures dans deux piliers.',
  it: 'Il comune di Marrowby ha chiuso lunedì il ponte del porto per le crepe in due piloni.',
  pt: 'A câmara de Marrowby fechou na segunda-feira a ponte do porto por causa de fendas em dois pilares.',
  de: 'Der Rat von Marrowby hat am Montag die Hafenbrücke wegen Rissen in zwei Pfeilern gesperrt.',
  ru: 'Власти Марроуби закрыли в понедельник портовый мост из-за трещин в двух опорах.',
  ar: 'أغلق مجلس مدينة ماروبي يوم الاثنين جسر الميناء بعد ظهور شقوق في اثنين من أعمدته.',
  zh: '马罗比市政府周一关闭了港口大桥，因为工程师在两座桥墩上发现了裂缝。',
  ja: 'マローグ市は月曜日、橋脚二本に亀裂が見つかったため港の橋を閉鎖した。',
  ko: '마로비 시의회는 월요일 기둥 두 곳에서 균열이 발견돼 항구 다리를 폐쇄했다.',
  hi: 'मारोबी नगर परिषद ने सोमवार को दो खंभों में दरारें मिलने के बाद बंदरगाह का पुल बंद कर दिया।',
};

/** The first sentence that may be used. */
const firstOf = (lang: string, text: string): string | undefined =>
  summarize({ ...BLANK, lang, text }).sentences.find((sentence) => sentence.rank !== null)?.text;

describe('a dateline is no part of the first sentence', () => {
  it.each([
    ['es', 'Washington, 24 nov (EFE).- '],
    ['en', '’s-MARROWBEEK - '],
    ['es', 'VALDELUNA, 24 nov. (AgenSur) – '],
    ['es', 'Madrid, 24 de noviembre de 2026 (Europa Press) - '],
    ['fr', 'Paris, 24 nov 2026 (AFP) - '],
    ['it', 'Roma, 24 nov. (askanews) - '],
    ['it', '(ANSA) - ROMA, 24 NOV - '],
    ['pt', 'Lisboa, 24 nov 2026 (Lusa) – '],
    ['de', 'Marrowby, 24. November (dpa) - '],
    ['ru', 'МОСКВА, 24 ноя - РИА Новости. '],
    ['ru', 'МОСКВА, 24 ноября. /ТАСС/. '],
    ['ar', 'القاهرة (رويترز) - '],
    ['ar', 'أبوظبي، 24 نوفمبر (وام) -- '],
    ['zh', '北京11月24日电'],
    ['zh', '新华社北京11月24日电（记者王明）'],
    ['ja', '【北京共同】'],
    ['ja', '［ロンドン ２４日 ロイター］ - '],
    ['ko', '(서울=연합뉴스) 김민수 기자 = '],
    ['ko', '[서울=뉴시스] '],
    ['hi', 'नई दिल्ली, 24 नवंबर (भाषा) '],
  ])('%s: %s', (lang, dateline) => {
    expect(firstOf(lang, `${dateline}${LEADS[lang] ?? ''}`)).toBe(LEADS[lang]);
  });

  it('also behind a caption and a note', () => {
    const lead = LEADS['en'] ?? '';
    const text = [
      'Photo: the harbour bridge of Marrowby in the fog. It is a hundred years old. Karl Lund took it.',
      'Correction: An earlier version named the wrong pillar of the bridge in Marrowby.',
      `MARROWBY (Reuters) - ${lead}`,
    ].join('\n\n');
    const summary = summarize({ ...BLANK, text });
    expect(summary.sentences.map((sentence) => sentence.text)).toContain(lead);
  });

  it.each([
    ['es', 'El puente (1926) - una obra de Lund - cerró el lunes por las grietas de dos de sus pilares.'],
    ['en', 'The bridge (built in 1926) carried nine thousand cars a day until the council closed it.'],
    ['de', 'Die Brücke (Baujahr 1926) ist seit Montag wegen Rissen in zwei Pfeilern gesperrt.'],
    ['ar', 'الجسر (القديم) أغلق يوم الاثنين بعد ظهور شقوق في اثنين من أعمدته.'],
    ['zh', '马罗比市11月24日关闭了港口大桥，因为桥墩上发现了裂缝。'],
    ['ko', '마로비 시의회(의장 김민수)는 월요일 항구 다리를 폐쇄했다고 밝혔다.'],
    ['hi', 'मारोबी (बंदरगाह) का पुल सोमवार को दो खंभों में दरारें मिलने के बाद बंद हुआ।'],
  ])('%s: a bracket or a date in a sentence is none: %s', (lang, text) => {
    expect(firstOf(lang, text)).toBe(text);
  });
});

describe('who wrote an article and who took its picture', () => {
  const body = 'The council of Marrowby closed the harbour bridge on Monday. Engineers found cracks in Marrowby.';
  const tagsOf = (lang: string, text: string, authors: string[] = []): string =>
    chooseHashtags({ ...BLANK, lang, text, authors, title: 'Council closes bridge' }, { strategy: 'smart' })
      .filter((hashtag) => hashtag.kept)
      .map((hashtag) => hashtag.tag)
      .join(' ');

  it.each([
    ['en', 'By Rosa Quill', /Rosa|Quill/u],
    ['en', 'Photo: Karl Lund/Getty Images', /Karl|Lund|Getty/u],
    ['fr', 'Par Élodie Vasseur', /Élodie|Vasseur/u],
    ['de', 'Von Rosa Quill und Karl Lund', /Rosa|Quill|Karl|Lund/u],
    ['es', 'Por Rosa Quill', /Rosa|Quill/u],
    ['en', 'Rosa Quill is a staff writer at the Marrowby Ledger.', /Rosa|Quill|Ledger/u],
  ])('%s: is no tag: %s', (lang, line, wrong) => {
    expect(tagsOf(lang, `${line}\n\n${body}`)).not.toMatch(wrong);
    expect(tagsOf(lang, `${body}\n\n${line}`)).not.toMatch(wrong);
  });

  it('is no tag where the page names the author, unless the headline does', () => {
    const text = `${body} Readers wrote to Rosa Quill. Thanks to them, Rosa Quill went back.`;
    expect(tagsOf('en', text, ['Rosa Quill'])).not.toMatch(/Quill/u);
    expect(tagsOf('en', text)).toMatch(/Quill/u);
  });
});

describe('a beginning that needs what went before', () => {
  it.each([
    ['en', 'With those words, the mayor of Marrowby opened the harbour bridge to the traffic of the town.'],
    ['en', 'At the time, the harbour bridge of Marrowby carried nine thousand cars on every day of the year.'],
    ['en', 'The same day, the council of Marrowby sold the harbour bridge to a company from the capital.'],
    ['en', 'There, the divers of the harbour office found cracks in two pillars of the bridge of Marrowby.'],
    ['en', 'Despite this, the council of Marrowby kept the harbour bridge open for the whole of the winter.'],
    ['en', 'According to him, the harbour bridge of Marrowby had cracks in two pillars before the winter.'],
    ['en', 'By then, the harbour bridge of Marrowby had carried nine thousand cars a day for forty years.'],
    ['en', 'Hours later, the council of Marrowby closed the harbour bridge to all cars and to all lorries.'],
    ['en', 'Two days later, the council of Marrowby closed the harbour bridge to all cars and all lorries.'],
    ['en', 'All three deny that they knew of the cracks in the pillars of the harbour bridge of Marrowby.'],
    ['en', 'To that end, the council of Marrowby will borrow nine million pounds for the harbour bridge.'],
    ['en', 'The move, he said, would save the harbour bridge of Marrowby from the fate of the old ferry.'],
    ['en', 'Asked why, the mayor of Marrowby said that the harbour bridge had been safe for forty years.'],
    ['en', 'The 19-year-old, who came from Marrowby, headed in the winning goal of the harbour derby.'],
    ['de', 'Der 34-Jährige hatte die Hafenbrücke von Marrowby am Montag mit dem Auto seiner Mutter gesperrt.'],
    ['es', 'Con esas palabras, la alcaldesa de Marrowby abrió el puente del puerto al tráfico de la ciudad.'],
    ['es', 'En ese momento, el puente del puerto de Marrowby llevaba nueve mil coches al día por el río.'],
    ['es', 'Horas después, el ayuntamiento de Marrowby cerró el puente del puerto a coches y camiones.'],
    ['fr', 'Malgré cela, le conseil de Marrowby a laissé le pont du port ouvert pendant tout l’hiver.'],
    ['fr', 'Selon lui, le pont du port de Marrowby avait des fissures dans deux piliers avant l’hiver.'],
    ['fr', 'Deux jours plus tard, le conseil de Marrowby a fermé le pont du port aux camions et aux cars.'],
    ['de', 'Damals trug die Hafenbrücke von Marrowby neuntausend Autos am Tag in die Stadt und zurück.'],
    ['de', 'Ihm zufolge hatte die Hafenbrücke von Marrowby schon vor dem Winter Risse in zwei Pfeilern.'],
    ['de', 'Alle drei bestreiten, von den Rissen in den Pfeilern der Hafenbrücke gewusst zu haben.'],
    ['it', 'Nonostante ciò, il comune di Marrowby ha tenuto aperto il ponte del porto per tutto l’inverno.'],
    ['nl', 'Destijds droeg de havenbrug van Marrowby negenduizend auto’s per dag naar de stad en terug.'],
    ['ru', 'По его словам, портовый мост Марроуби закрыли из-за трещин в двух опорах до самой зимы.'],
  ])('%s: does not begin a post: %s', (lang, text) => {
    const names = summarize({ ...BLANK, lang, text }).sentences[0]?.reasons.map((reason) => reason.name) ?? [];
    expect(names.includes('joining-word') || names.includes('orphan-pronoun')).toBe(true);
  });

  it.each([
    ['en', 'There are cracks in two pillars of the harbour bridge of Marrowby, engineers said on Monday.'],
    ['en', 'According to the mayor of Marrowby, the harbour bridge has cracks in two of its pillars.'],
    ['en', 'Hours before dawn, the council of Marrowby closed the harbour bridge to all cars and lorries.'],
    ['es', 'Según la alcaldesa de Marrowby, el puente del puerto tiene grietas en dos de sus pilares.'],
    ['fr', 'Selon le maire de Marrowby, le pont du port a des fissures dans deux de ses piliers.'],
    ['de', 'Laut Bürgermeisterin hat die Hafenbrücke von Marrowby Risse in zwei ihrer Pfeiler.'],
  ])('%s: but this one may: %s', (lang, text) => {
    const names = summarize({ ...BLANK, lang, text }).sentences[0]?.reasons.map((reason) => reason.name) ?? [];
    expect(names).not.toContain('joining-word');
    expect(names).not.toContain('orphan-pronoun');
  });
});
