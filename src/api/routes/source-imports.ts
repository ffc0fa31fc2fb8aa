import { z } from 'zod';
import { importSources } from '../../pipeline/source-imports.ts';
import { listFeeds } from '../../store/source.ts';
import { givenSourceSettings } from '../../store/source-settings.ts';
import { writeOpml } from '../../text/write-opml.ts';
import { callerOf } from '../authenticate.ts';
import type { Api, ApiContext } from '../parts.ts';
import { newSourceImport, sourceImportView } from '../schemas/source.ts';
import { maskedAddress } from '../../text/masked-address.ts';
import { seesAddresses } from '../views/source.ts';

/** Lists of feeds, in and out. */
export function sourceImportRoutes(app: Api, context: ApiContext): void {
  app.post(
    '/v1/source-imports',
    {
      schema: {
        operationId: 'importSources',
        summary: 'Add every feed of an OPML file; those that are known stay as they are',
        tags: ['sources'],
        body: newSourceImport,
        response: { 200: sourceImportView },
      },
    },
    async (request) => {
      const caller = callerOf(request);
      const { opml, settings = givenSourceSettings.parse({}) } = request.body;
      const feeds = await importSources(context, opml, settings, caller.id);
      return { added: feeds.filter(({ result }) => result === 'added').length, feeds };
    },
  );

  app.get(
    '/v1/sources.opml',
    {
      schema: {
        operationId: 'exportSources',
        summary: 'Every feed as OPML, for another reader',
        description:
          'Addresses may hold a key: whoever may not manage sources gets host and path, and `…` for the rest.',
        tags: ['sources'],
        response: { 200: { description: 'OPML 2.0.', content: { 'text/x-opml': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      const feeds = await listFeeds(context.database);
      const shown = seesAddresses(callerOf(request))
        ? feeds
        : feeds.map(({ url, title }) => ({ url: maskedAddress(url), title }));
      const opml = writeOpml('standfirst', shown);
      return reply
        .type('text/x-opml; charset=utf-8')
        .header('content-disposition', 'attachment; filename="sources.opml"')
        .send(opml);
    },
  );
}
