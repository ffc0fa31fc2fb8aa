import { describe, expect, test } from 'vitest';
import { networks } from '../../src/networks/registry.ts';
import { preflight } from '../../src/text/preflight.ts';
import type { Counterpart, Fixture } from './fixture.ts';
import { ioFor, messageFor } from './fixture.ts';

for (const network of networks) {
  const { fixture } = (await import(`./fixtures/${network.profile.id}.ts`)) as { fixture: Fixture };
  const { name, limits, powers } = network.profile;
  let serial = 0;
  const text = 'The ferry to Tolvane sails again on Monday.';

  /** Whether the network takes a text as another post: it is in its log once more. */
  async function takes(counterpart: Counterpart, words: string): Promise<boolean> {
    const before = counterpart.accepted().length;
    // Later than what is there already, or LinkedIn would take the first for an answer that was lost.
    serial += 1;
    const createdAt = new Date(Date.now() + serial * 10 * 60_000);
    const message = await messageFor(network, counterpart, { text: words, createdAt });
    await network.publish(message, counterpart.credentials, ioFor(counterpart));
    return counterpart.accepted().length > before;
  }

  function refuses(isLast: boolean): boolean {
    const twin = { where: 'post_1', at: new Date(), isOut: true, isLast, texts: [text] };
    const target = { name, limits, threads: powers.threads, twins: [twin], at: new Date() };
    return preflight([{ text, media: [] }], target).length > 0;
  }

  describe(name, () => {
    test('takes a text again where the preflight lets it, and refuses it where that does', async () => {
      await using counterpart = await fixture.start();
      expect(await takes(counterpart, text)).toBe(true);
      expect([await takes(counterpart, text), refuses(true)]).toEqual([!refuses(true), limits.repeats !== undefined]);
      expect(await takes(counterpart, 'Something else went out since.')).toBe(true);
      expect(await takes(counterpart, text)).toBe(!refuses(false));
    });
  });
}
