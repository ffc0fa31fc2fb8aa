import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../src/text/language.ts';
import { ARTICLE_LANGUAGES, articleIn } from './articles.ts';

describe('the language of a text', () => {
  it.each(ARTICLE_LANGUAGES)('tells an article in %s', (lang) => {
    expect(detectLanguage(articleIn(lang).text)).toBe(lang);
  });

  it.each([
    ['too little', 'Ok'],
    ['no letters', '12:30 — 14:45'],
    ['a few words that two languages have', 'Due in a minute.'],
    ['Swedish', 'Regeringen presenterade i dag sin nya budget och sade att skatterna inte ska höjas under nästa år.'],
    ['Urdu', 'حکومت نے آج نئے بجٹ کا اعلان کیا ہے اور کہا ہے کہ ٹیکس نہیں بڑھائے جائیں گے۔'],
    ['Bashkir', 'Бөгөн ҡалала яңы китапхана асылды, унда меңдән ашыу китап бар.'],
  ])('says it cannot tell: %s', (_, text) => {
    expect(detectLanguage(text)).toBe('und');
  });
});
