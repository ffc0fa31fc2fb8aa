import { z } from 'zod';
import { networks } from '../../networks/registry.ts';
import { resume } from './account.ts';
import { filledText, givenId, instant } from './common.ts';

/** Of the networks with a page of consent, one that asks for no more than this. */
const exampleApp = { clientId: 'westmouth-courier' };
const simplest = networks.find(({ connect }) => connect?.app.safeParse(exampleApp).success);

/** `POST /v1/connections`. What `app` must hold: `consent` in `GET /v1/networks`. */
export const newConnection = z
  .strictObject({
    network: filledText(40).describe('Id of a network that has a page of consent.'),
    app: z.record(z.string(), z.unknown()).default({}).describe('What your app is known by at the network.'),
    accountId: givenId
      .optional()
      .describe('An account that is here already, to be connected anew: it must be that same one that says yes.'),
    resume,
  })
  .meta({ id: 'NewConnection', examples: [{ network: simplest?.profile.id, app: exampleApp }] });

export const connectionView = z
  .object({
    url: z.string().nullable().describe('The network’s page of consent: open it in a browser, once.'),
    redirectUri: z.string().describe('Where the network sends the browser back; register exactly this with your app.'),
    expiresAt: instant.describe('Until then the person must have come back.'),
  })
  .meta({ id: 'Connection' });
