import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ImageRule } from '../../src/domain/limits.ts';
import type { Image, Network, Outcome } from '../../src/networks/network.ts';
import type { Counterpart, Fixture } from './fixture.ts';
import { ioFor, messageFor } from './fixture.ts';
import { openGallery } from './gallery.ts';
import type { Gallery } from './gallery.ts';

/** What every network that takes images promises: the number, size, kind and description that its profile declares. */
export function imageContract(network: Network, rule: ImageRule, fixture: Fixture): void {
  const [type = ''] = rule.types;
  let counterpart: Counterpart;
  let gallery: Gallery;

  beforeAll(async () => {
    counterpart = await fixture.start();
    gallery = await openGallery();
  });
  afterAll(async () => {
    await counterpart[Symbol.asyncDispose]();
    await gallery[Symbol.asyncDispose]();
  });

  const picture = (more: Parameters<Gallery['picture']>[0] = {}): Image => gallery.picture({ type, ...more });
  const several = (number: number): Image[] =>
    Array.from({ length: number }, (_, at) =>
      picture({ alt: rule.maxAlt > 0 ? `Image ${at + 1}` : '', size: 10 + at }),
    );

  async function send(images: readonly Image[], text?: string): Promise<{ outcome: Outcome; taken: number }> {
    const before = counterpart.accepted().length;
    const message = await messageFor(network, counterpart, { images, ...(text === undefined ? {} : { text }) });
    const outcome = await network.publish(message, counterpart.credentials, ioFor(counterpart));
    return { outcome, taken: counterpart.accepted().length - before };
  }
  const took = { outcome: { kind: 'published' }, taken: 1 };
  const refusedIt = { outcome: { kind: 'refused' }, taken: 0 };

  for (const number of [1, rule.max])
    test(`sends ${number} of its ${rule.max} images in order, described`, async () => {
      const images = several(number);
      expect(await send(images)).toMatchObject(took);
      const shown = images.map((image) => ({ type: image.type, size: image.bytes.length, alt: image.alt }));
      expect(counterpart.lastImages?.()).toMatchObject(shown);
    });

  test('refuses one image more than it takes', async () => {
    expect(await send(several(rule.max + 1))).toMatchObject(refusedIt);
  });

  test('takes an image of the largest size', async () => {
    expect(await send([picture({ size: rule.maxBytes })])).toMatchObject(took);
  });

  const most = fixture.images?.takes ?? rule.maxBytes;
  if (most < Infinity)
    test('refuses an image that is a byte too large, and says that it was the image', async () => {
      const sent = await send([picture({ size: most + 1 })]);
      expect(sent).toMatchObject({ outcome: { kind: 'refused', cause: 'media_rejected' }, taken: 0 });
    });

  test.each(rule.types)('takes %s', async (one) => {
    expect(await send([picture({ type: one })])).toMatchObject(took);
  });

  if (fixture.images?.takesAnyFile === undefined)
    test('refuses a file of another kind, and says that it was the image', async () => {
      const sent = await send([picture({ type: 'application/pdf' })]);
      expect(sent).toMatchObject({ outcome: { kind: 'refused', cause: 'media_rejected' }, taken: 0 });
    });

  if (rule.maxAlt > 0)
    test('takes a description at its limit, its line breaks counted as they were', async () => {
      const alt = `Eins\nzwei\n${'ä'.repeat(rule.maxAlt - 10)}`;
      expect(await send([picture({ alt })])).toMatchObject(took);
      expect(counterpart.lastImages?.()).toMatchObject([{ alt }]);
    });

  if (rule.maxAlt > 0 && fixture.images?.takesAnyAlt === undefined)
    test('refuses a description one character over its limit', async () => {
      expect(await send([picture({ alt: 'b'.repeat(rule.maxAlt + 1) })])).toMatchObject(refusedIt);
    });

  const { maxText } = rule;
  if (maxText !== undefined)
    test(`takes a text of ${maxText} beside an image, and refuses a longer one`, async () => {
      expect(await send([picture()], 'c'.repeat(maxText))).toMatchObject(took);
      expect(await send([picture()], 'd'.repeat(maxText + 1))).toMatchObject(refusedIt);
    });
}
