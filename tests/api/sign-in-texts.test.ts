import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { deadLinkPage, keepPage, linkPage, signInPage, welcomePage } from '../../src/api/sign-in-pages.ts';
import { signInTexts } from '../../src/api/sign-in-texts.ts';
import type { SignInLinkRow } from '../../src/store/sign-in-link.ts';

const setting = { nonce: 'abc', passkeys: true };
const link = { purpose: 'invitation', name: 'Ilse', email: null, expiresAt: new Date(0) } as SignInLinkRow;

describe('the pages of sign-in', () => {
  it('take every word from their catalogue', async () => {
    for (const file of ['sign-in-pages.ts', 'passkey-page.js']) {
      const source = await readFile(new URL(`../../src/api/${file}`, import.meta.url), 'utf8');
      const code = source.replace(/^\s*(\/\/|\/?\*).*$/gm, '').replace(/\$\{[^}]*\}/g, '');
      const words = [
        ...code.matchAll(/<\w[^>]*>\s*([A-Za-z][a-z]+ ?[^<`]*)</g),
        ...code.matchAll(/'([A-Z][a-z]+ [^']*)'/g),
      ];
      expect(words.map(([, text]) => text)).toEqual([]);
    }
  });

  it.each([
    ['where people sign in', signInPage(setting), signInTexts.title],
    ['behind a link', linkPage(setting, 't', new Date(0)), signInTexts.linkTitle],
    ['of an invitation', welcomePage(setting, 't', link, 'The <Gazette>'), 'Join The &#60;Gazette&#62;'],
    ['that keeps the way in', keepPage(setting, { name: 'Ilse', email: null }), signInTexts.keepTitle],
    ['of a dead link', deadLinkPage(setting), signInTexts.deadTitle],
  ])('name their language and their title: %s', (_, html, title) => {
    expect(html).toContain(`<html lang="${signInTexts.language}">`);
    expect(html).toContain(`<h1>${title}</h1>`);
  });
});

it('days are written as the catalogue of the dashboard is, and nothing else names a language', async () => {
  const source = await readFile(new URL('../../src/dashboard/shell/clock.ts', import.meta.url), 'utf8');
  const formats = [...source.matchAll(/DateTimeFormat\(([^,]+), \{ timeZone: zone, \.\.\.(\w+)/g)];
  expect(formats.map(([, language, kinds]) => [kinds, language])).toEqual([
    ['plain', "'en-GB'"],
    ['kinds', 'common.language'],
  ]);
});
