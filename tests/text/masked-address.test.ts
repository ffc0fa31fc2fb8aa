import { describe, expect, it } from 'vitest';
import { holdsKey, maskedAddress, maskedIn, maskedText } from '../../src/text/masked-address.ts';

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
    ['https://post.example/story?x=aQ3kd92hfk3L0pZx81nv', true],
    ['https://ilse@post.example/story', true],
    ['https://post.example/monkey?monkey=1&design=2', false],
  ])('of an item, %s holds a key: %s', (address, holds) => {
    expect(holdsKey(address)).toBe(holds);
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
