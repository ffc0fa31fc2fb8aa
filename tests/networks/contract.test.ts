import { describe } from 'vitest';
import { networks } from '../../src/networks/registry.ts';
import { imageContract } from './contract-images.ts';
import { contract } from './contract.ts';
import type { Fixture } from './fixture.ts';

for (const network of networks) {
  const { fixture } = (await import(`./fixtures/${network.profile.id}.ts`)) as { fixture: Fixture };
  describe(network.profile.name, () => contract(network, fixture));
  const { images } = network.profile.limits;
  if (images !== null) describe(`${network.profile.name}, with images`, () => imageContract(network, images, fixture));
}
