import { describe, expect, it } from 'vitest';
import { holdsKey, maskedAddress, maskedIn, maskedText, withoutKeys } from '../../src/text/masked-address.ts';

describe('an address', () => {
  it.each([
    ['https://post.example/feed.xml', 'https://post.example/feed.xml'],
    ['https://ilse:hush@post.example/feed', 'https://post.example/feed'],
    ['https://post.example:8443/feed?token=hush', 'https://post.example:8443/feed?…'],
    ['https://post.example/feed?u=7&h=ab12#part', 'https://post.example/feed?…'],
    ['https://post.example/private/1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b.rss', 'https://post.example/private/…'],
    ['https://post.example/f/aQ3kd92hfk3L0pZx81nv/feed', 'https://post.example/f/…/feed'],
    [
      'https://post.example/2026/council-approves-the-budget-of-2027',
      'https://post.example/2026/council-approves-the-budget-of-2027',
    ],
    ['feed of ours', '…'],
  ])('%s is shown as %s', (address, shown) => {
    expect(maskedAddress(address)).toBe(shown);
    // Masked twice it says the same.
    expect(maskedAddress(shown)).toBe(shown);
  });

  it.each([
    ['https://post.example/story?id=12', false],
    ['https://post.example/story?utm_source=feed&page=2', false],
    ['https://post.example/story?access_token=x', true],
    ['https://post.example/story?apikey=x', true],
    ['https://post.example/story?sig=x', true],
    ['https://post.example/story?userToken=x', true],
    ['https://post.example/story?jwt=x', true],
    ['https://post.example/story?x=aQ3kd92hfk3L0pZx81nv', true],
    ['https://ilse@post.example/story', true],
    ['https://post.example/monkey?monkey=1&design=2', false],
  ])('of an item, %s holds a key: %s', (address, holds) => {
    expect(holdsKey(address)).toBe(holds);
  });
});

describe('an address for readers', () => {
  it.each([
    ['https://post.example/story?id=12&token=hush', 'https://post.example/story?id=12', ['token']],
    ['https://ilse:hush@post.example/story', 'https://post.example/story', ['a user name']],
    [
      'https://post.example/story?accessToken=a&access_token=b',
      'https://post.example/story',
      ['accessToken', 'access_token'],
    ],
    ['https://post.example/story?sig=ab%2Fc&page=2#part', 'https://post.example/story?page=2#part', ['sig']],
    ['https://post.example/story?X-Amz-Signature=ab', 'https://post.example/story', ['X-Amz-Signature']],
    // By name alone: what an article is found by is often of letters and digits.
    [
      'https://post.example/story?id=5f2b1c9e8d7a6b5c4d3e2f1a',
      'https://post.example/story?id=5f2b1c9e8d7a6b5c4d3e2f1a',
      [],
    ],
    ['https://post.example/story?key=48213', 'https://post.example/story?key=48213', []],
    ['https://post.example/Straße?q=ä b', 'https://post.example/Straße?q=ä b', []],
    ['no address', 'no address', []],
  ])('%s is %s', (address, shown, left) => {
    expect(withoutKeys(address)).toEqual({ address: shown, left });
  });
});

it('masks addresses inside of a sentence, and in values however deep', () => {
  const said = 'https://post.example/feed?token=hush answered 403 (see https://post.example/help).';
  expect(maskedText(said)).toBe('https://post.example/feed?… answered 403 (see https://post.example/help).');
  expect(maskedText('At https://post.example/a?id=1 and https://post.example/b?key=2.', { onlyKeys: true })).toBe(
    'At https://post.example/a?id=1 and https://post.example/b?….',
  );
  expect(
    maskedIn({ from: null, to: 'https://a.example/?k=1', settings: { urls: ['https://b.example/?k=1'], n: 3 } }),
  ).toEqual({
    from: null,
    to: 'https://a.example/?…',
    settings: { urls: ['https://b.example/?…'], n: 3 },
  });
});
