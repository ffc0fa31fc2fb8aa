import { describe, expect, test } from 'vitest';
import { findCashtags, limitCashtags } from '../../src/text/cashtags.ts';
import { findEmoji } from '../../src/text/emoji.ts';
import { findFacets } from '../../src/text/facets.ts';
import { findMentions, findRemoteMentions } from '../../src/text/mentions.ts';
import { findHashtags } from '../../src/text/post-hashtags.ts';

describe('hashtags (https://help.x.com/en/using-x/how-to-use-hashtags)', () => {
  test.each([
    ['#PortLenna reopens', ['PortLenna']],
    ['the #橋 and #мост and #पुल', ['橋', 'мост', 'पुल']],
    ['＃PortLenna', ['PortLenna']],
    ['#Côte-d’Or', ['Côte']],
    ['#2026 #_1', []],
    ['#2026bridge', ['2026bridge']],
    ['Lenna#bridge', []],
    ['https://gazette.com/#bridge', []],
    ['#️⃣bridge', []],
  ])('%s', (text, expected) => {
    expect(findHashtags(text).map((found) => found.tag)).toEqual(expected);
  });
});

describe('mentions', () => {
  test('are names of at most twenty letters, digits and underscores outside words and addresses', () => {
    const text = 'By @ada_l, not desk@gazette.com or @@ada, for @mills/news';
    expect(findMentions(text).map(({ user, list }) => user + list)).toEqual(['ada_l', 'mills/news']);
  });

  test('of another server reach to the end of its host', () => {
    const text = 'with @ada@mills.example, today';
    expect(
      findRemoteMentions(text).map(({ start, localEnd, end }) => [
        text.slice(start, localEnd),
        text.slice(localEnd, end),
      ]),
    ).toEqual([['@ada', '@mills.example']]);
    expect(findRemoteMentions('@ada')).toEqual([]);
  });
});

describe('stock symbols', () => {
  test('are one to six letters alone between spaces or before punctuation', () => {
    expect(findCashtags('$LNS, $VRN.B and $100 or a$LNS').map((found) => found.symbol)).toEqual(['LNS', 'VRN.B']);
  });

  test('beyond the number allowed lose their sign', () => {
    expect(limitCashtags('$LNS up, $VRN down, $BAY flat', 1)).toBe('$LNS up, VRN down, BAY flat');
  });
});

describe('emoji', () => {
  test('are whole sequences, and signs that are text by themselves are none', () => {
    const text = '©™1 👩🏽‍🚒 ❤️‍🔥 🇳🇴🇸🇪 #⃣';
    expect(findEmoji(text).map(({ start, end }) => text.slice(start, end))).toEqual(['👩🏽‍🚒', '❤️‍🔥', '🇳🇴', '🇸🇪', '#⃣']);
  });

  test('a chain that is no emoji falls into the emoji it is made of', () => {
    const text = '🚒\u200D🚒';
    expect(findEmoji(text).map(({ start, end }) => text.slice(start, end))).toEqual(['🚒', '🚒']);
  });
});

describe('facets (https://docs.bsky.app/docs/advanced-guides/post-richtext)', () => {
  const bytes = (text: string): [string, string, string][] => {
    const utf8 = Buffer.from(text);
    return findFacets(text).map(({ kind, value, byteStart, byteEnd }) => [
      kind,
      value,
      utf8.toString('utf8', byteStart, byteEnd),
    ]);
  };

  test('stand at byte offsets', () => {
    expect(findFacets('🌉 #橋')).toEqual([{ kind: 'tag', value: '橋', byteStart: 5, byteEnd: 9 }]);
  });

  test('are links with and without a scheme, mentions, tags and stock symbols, without the punctuation behind them', () => {
    expect(bytes('“é” (gazette.com/a) by @ada.mills.com: #Café-bar! $lns https://lenna.org/x_(y).')).toEqual([
      ['link', 'https://gazette.com/a', 'gazette.com/a'],
      ['mention', 'ada.mills.com', '@ada.mills.com'],
      ['tag', 'Café-bar', '#Café-bar'],
      ['tag', '$LNS', '$lns'],
      ['link', 'https://lenna.org/x_(y)', 'https://lenna.org/x_(y)'],
    ]);
  });

  test('are not made of file names, numbers and tags of 65 characters', () => {
    expect(bytes(`harbour.jpg e.g. #2026 @ada #${'a'.repeat(65)}`)).toEqual([]);
  });
});
