import type { Fake } from '../fakes/fake.ts';
import type { Picture } from '../fakes/pictures.ts';
import type { Counterpart } from './fixture.ts';

/** A fake as the contract suite sees it. */
export function counterpartOf(fake: Fake, credentials: unknown, wrongCredentials: unknown): Counterpart {
  return {
    credentials,
    wrongCredentials,
    setMode: (mode) => fake.setMode(mode),
    accepted: () => fake.log.map((post) => post.text),
    lastImages: () => (fake.log.at(-1)?.['images'] ?? []) as Picture[],
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
}
