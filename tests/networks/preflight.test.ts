import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networks } from '../../src/networks/registry.ts';
import { measure } from '../../src/text/length.ts';
import { preflight } from '../../src/text/preflight.ts';
import type { Counterpart, Fixture } from './fixture.ts';
import { ioFor, messageFor } from './fixture.ts';
import { openGallery } from './gallery.ts';
import type { Gallery } from './gallery.ts';

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
  // Enough of them, each another, to come over a network's number.
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }).map((n) => ` https://lindmoor.example.com/${n} `) },
);

for (const network of networks) {
  const { fixture } = (await import(`./fixtures/${network.profile.id}.ts`)) as { fixture: Fixture };
  describe(network.profile.name, () => {
    const { name, limits, powers } = network.profile;
    const rule = limits.text;
    const target = { name, limits, threads: powers.threads };
    const { images } = limits;
    let counterpart: Counterpart;
    let gallery: Gallery;
    let serial = 0;
    beforeAll(async () => {
      counterpart = await fixture.start();
      gallery = await openGallery();
    });
    afterAll(async () => {
      await counterpart[Symbol.asyncDispose]();
      await gallery[Symbol.asyncDispose]();
    });

    /** The text with so much filling that it ends within a few units of `most`, and never the same twice. */
    function nearLimit(text: string, most: number, distance: number): string {
      serial += 1;
      const start = `${serial} ${text}`;
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

    test('accepts what the preflight passes, and refuses what it refuses', async () => {
      const texts = fc.array(pieces, { maxLength: 40 }).map((some) => some.join(''));
      await fc.assert(
        fc.asyncProperty(texts, fc.integer({ min: -3, max: 3 }), pictures, async (words, distance, alts) => {
          const shown = alts.map((alt) =>
            gallery.picture({ alt: 'c'.repeat(Math.max(0, (images?.maxAlt ?? 0) + alt)) }),
          );
          const text = nearLimit(words, shown.length === 0 ? rule.max : (images?.maxText ?? rule.max), distance);
          const message = await messageFor(network, counterpart, { text, images: shown });
          const { kind } = await network.publish(message, counterpart.credentials, ioFor(counterpart));
          const media = shown.map(({ url, alt }) => ({ source: url, alt }));
          const faults = preflight([{ text, media }], target).map(({ message: said }) => said);
          const expected = faults.length === 0 ? 'published' : 'refused';
          expect({ text, faults, kind }).toEqual({ text, faults, kind: expected });
        }),
        { numRuns: 60 },
      );
    }, 60_000);
  });
}
