import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/domain/attempt.ts';
import type { Message } from '../../src/networks/network.ts';
import { limitsFor } from '../../src/domain/limits.ts';
import { networks } from '../../src/networks/registry.ts';
import { measure } from '../../src/text/length.ts';
import { preflight } from '../../src/text/preflight.ts';
import type { Target } from '../../src/text/preflight.ts';
import type { Counterpart, Fixture } from './fixture.ts';
import { ioFor, messageFor } from './fixture.ts';
import { openGallery } from './gallery.ts';
import type { Gallery } from './gallery.ts';
import fc from '../properties.ts';

/** More of them find more: `PREFLIGHT_RUNS=2000 npm test -- tests/networks/preflight.test.ts`. */
const RUNS = Number(process.env['PREFLIGHT_RUNS'] ?? 60);

/** What articles are made of, and what counters get wrong. */
const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('Die Brücke ', 'of Lindmoor ', 'öffnet ', 'said “never” — ', 'naïve ', 'a') },
  { weight: 2, arbitrary: fc.constantFrom('€', '…', '日本', 'مرحبا ', 'e\u0301', 'ﬁ', '½', '\n', ' ') },
  { weight: 2, arbitrary: fc.constantFrom('👍', '👩‍👩‍👧‍👦', '🇩🇪', '1️⃣', '❤️', '☺️') },
  { weight: 2, arbitrary: fc.constantFrom(' #Lindmoor ', ' (so) ', ' [sic] ', ' R&D ', ' <b> ', ' a_b ', ' *now* ') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ' https://lindmoor.example.com/bridge?a=1&b=2 ',
      ' http://a.org ',
      ' @desk@lindmoor.org ',
      ' $LIND ',
      ' $MRW, ',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '(',
      ')',
      '[',
      '] ',
      '{',
      '}',
      '“',
      '”',
      '"',
      "'",
      '’',
      '«',
      '»',
      '&',
      '<',
      '>',
      '&amp;',
      '<!channel>',
      '…',
      '*',
      '_',
      '~',
      '`',
      '||',
      '\\',
      '#',
      '@',
      '\n# ',
      '\n> ',
      '\n- ',
      '\n1. ',
      '[a](b)',
      '**b**',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '\u{1F1EB}',
      '\u{1F1E9} ',
      '👍\u200d👍',
      '👩🏽‍🚒',
      '🏽',
      '🏴󠁧󠁢󠁷󠁬󠁳󠁿',
      '1\ufe0f',
      '☺',
      '\u200d',
      '\ufe0f',
      'a\u0323\u0301',
      '\u0301',
      'שלום ',
      '\u202b',
      '\u200b',
      '\u2060',
      '\ufeff',
      '\t',
      '\r\n',
      '\u00a0',
      '\u3000',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ' https://пример.рф/путь ',
      ' https://bücher.de/ü ',
      ' bücher.de ',
      ' a.co ',
      ' пример.рф ',
      ' #taghttps://x.com/((((((',
      ' https://x.com/((((((#tag ',
      ' (https://en.wikipedia.org/wiki/Foo_(bar))',
      ' “https://a.org/x”',
      ' https://a.org/x。',
      ' **https://a.org/x** ',
      ' [x](https://a.org/x_y) ',
      ' http://localhost/ ',
      ' https://lindmoor.example/x ',
    ),
  },
  // Enough of them, each another, to come over a network's number.
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }).map((n) => ` https://lindmoor.example.com/${n} `) },
);

/** Longer than what a network takes of one link or one tag. */
const long = fc.constantFrom(
  ` https://a.org/${'x'.repeat(1100)} `,
  ` #${'t'.repeat(1100)} `,
  Array.from({ length: 120 }, (_, n) => ` #t${n}`).join(''),
);

for (const network of networks) {
  const { fixture } = (await import(`./fixtures/${network.profile.id}.ts`)) as { fixture: Fixture };
  describe(network.profile.name, () => {
    const { name, limits, powers } = network.profile;
    const rule = limits.text;
    /** As the pipeline asks: with what the account's own server announces. */
    let target: Target;
    const { images } = limits;
    let counterpart: Counterpart;
    let gallery: Gallery;
    let serial = 0;
    beforeAll(async () => {
      counterpart = await fixture.start();
      const checked = await network.check(counterpart.credentials, ioFor(counterpart));
      if (checked.kind !== 'connected') throw new Error(checked.detail);
      target = { name, limits: limitsFor(limits, checked.limits ?? null, null), threads: powers.threads };
      gallery = await openGallery();
    });
    afterAll(async () => {
      await counterpart[Symbol.asyncDispose]();
      await gallery[Symbol.asyncDispose]();
    });

    /** The text with so much filling that it ends within a few units of `most`, and never the same twice. */
    function nearLimit(text: string, most: number, distance: number): string {
      serial += 1;
      const start = `${serial} ${text} `;
      return start + 'a'.repeat(Math.max(0, most + distance - measure(`${start}a`, rule) + 1));
    }

    /** How far the descriptions of a post's images are from their limit: mostly no images, else one, or about as many as go. */
    const distances = fc.integer({ min: -3, max: fixture.images?.takesAnyAlt === undefined ? 1 : 0 });
    const some = (number: number) => fc.array(distances, { minLength: number, maxLength: number });
    const pictures =
      images === null
        ? fc.constant<number[]>([])
        : fc.oneof(
            { weight: 4, arbitrary: some(0) },
            ...[1, images.max, images.max + 1].map((number) => ({ weight: 1, arbitrary: some(number) })),
          );

    const beyond = fc.integer({ min: -3, max: 3 });
    const address = 'https://lindmoor.example.com/bridge?a=1&b=2';
    const cards = fc.option(fc.constant({ url: address, title: 'The bridge', description: '', image: null }));

    test(
      'accepts what the preflight passes, and refuses what it refuses',
      async () => {
        const words = fc.oneof({ weight: 40, arbitrary: pieces }, { weight: 1, arbitrary: long });
        const texts = fc.array(words, { maxLength: 40 }).map((some) => some.join(''));
        await fc.assert(
          fc.asyncProperty(texts, beyond, pictures, cards, async (words, distance, alts, card) => {
            const shown = alts.map((alt) =>
              gallery.picture({ alt: 'c'.repeat(Math.max(0, (images?.maxAlt ?? 0) + alt)) }),
            );
            const text = nearLimit(words, shown.length === 0 ? rule.max : (images?.maxText ?? rule.max), distance);
            const message = await messageFor(network, counterpart, { text, images: shown, card });
            const { kind } = await network.publish(message, counterpart.credentials, ioFor(counterpart));
            const media = shown.map(({ url, alt }) => ({ source: url, alt }));
            // That an address reaches nobody is no refusal of the network.
            const faults = preflight([{ text, media, card }], target).filter(
              ({ code }) => !code.endsWith('hides-link'),
            );
            const expected = faults.length === 0 ? 'published' : 'refused';
            expect({ text, faults, kind }).toEqual({ text, faults, kind: expected });
          }),
          { numRuns: RUNS },
        );
      },
      Math.max(60_000, RUNS * 500),
    );

    const blank = ['', ' \n\t', '\u200b', '\u2060\ufeff', '\u3000\u00a0', '\u202b\u202c', '\u00ad', '\ufe0f', '\u2800'];
    test.each([0, 1])('sends no text that shows nothing, with %i images', async (number) => {
      for (const text of images === null ? blank.slice(0, number === 0 ? undefined : 0) : blank) {
        const shown = Array.from({ length: number }, () => gallery.picture());
        const message = await messageFor(network, counterpart, { text, images: shown });
        const { kind } = await network.publish(message, counterpart.credentials, ioFor(counterpart));
        const media = shown.map(({ url, alt }) => ({ source: url, alt }));
        const codes = preflight([{ text, media }], target).map(({ code }) => code);
        expect({ text, kind, codes }).toEqual({ text, kind: 'refused', codes: ['empty'] });
      }
    });

    if (powers.threads)
      test(
        'decides on each part of a thread as on a text alone',
        async () => {
          const part = fc.tuple(fc.array(pieces, { maxLength: 12 }), fc.integer({ min: -3, max: 1 }), fc.boolean());
          await fc.assert(
            fc.asyncProperty(fc.array(part, { minLength: 2, maxLength: 3 }), async (written) => {
              const parts = written.map(([some, distance, isShown]) => {
                const shown = isShown && images !== null ? [gallery.picture()] : [];
                const most = shown.length === 0 ? rule.max : (images?.maxText ?? rule.max);
                return { text: nearLimit(some.join(''), most, distance), shown };
              });
              const asWritten = parts.map(({ text, shown }) => ({
                text,
                media: shown.map(({ url, alt }) => ({ source: url, alt })),
              }));
              const faults = preflight(asWritten, target);
              let replyTo: Message['replyTo'] = null;
              let root: Receipt | undefined;
              for (const [index, { text, shown }] of parts.entries()) {
                const message = await messageFor(network, counterpart, { text, images: shown, replyTo });
                const outcome = await network.publish(message, counterpart.credentials, ioFor(counterpart));
                const said = faults.filter(({ pointer }) => pointer.startsWith(`/parts/${index}/`));
                const { kind } = outcome;
                expect({ text, said, kind }).toEqual({ text, said, kind: said.length === 0 ? 'published' : 'refused' });
                if (outcome.kind !== 'published') return;
                root ??= outcome.receipt;
                replyTo = { root, parent: outcome.receipt };
              }
            }),
            { numRuns: Math.ceil(RUNS / 4) },
          );
        },
        Math.max(60_000, RUNS * 500),
      );
  });
}
