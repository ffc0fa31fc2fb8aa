import { describe, expect, it } from 'vitest';
import { relinked } from '../../src/text/relink.ts';
import { withUtm, withoutUtm } from '../../src/text/utm.ts';

const FROM = 'https://herald.example/a?x=1';

describe('an address in a text', () => {
  it.each([
    [`See ${FROM}`, 'See LINK'],
    [`See ${FROM}. Then go.`, 'See LINK. Then go.'],
    [`(${FROM})`, '(LINK)'],
    [`${FROM}\n#Ferry`, 'LINK\n#Ferry'],
    [`${FROM} ${FROM}`, 'LINK LINK'],
    [`${FROM}&y=2`, `${FROM}&y=2`],
    [`${FROM}1`, `${FROM}1`],
    [`${FROM}.html`, `${FROM}.html`],
    [`${FROM}/b`, `${FROM}/b`],
  ])('is replaced only where it is the whole of one: %s', (text, after) => {
    expect(relinked(text, FROM, 'LINK')).toBe(after);
  });
});

describe('a link without its campaign', () => {
  const utm = { source: '{network}', medium: 'social media' };
  it.each([
    'https://a.example/x',
    'https://a.example/x?b=1',
    'https://a.example/x?b=1&c#top',
    'https://a.example/x#top',
  ])('is what it was before it had one: %s', (link) => {
    expect(withoutUtm(withUtm(link, utm, 'x'), utm, 'x')).toBe(link);
    expect(withoutUtm(link, utm, 'x')).toBe(link);
  });
  it('keeps a parameter that says something else', () => {
    expect(withoutUtm('https://a.example/?utm_source=mail&utm_medium=social%20media', utm, 'x')).toBe(
      'https://a.example/?utm_source=mail',
    );
  });
});
