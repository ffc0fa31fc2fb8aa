import { z } from 'zod';
import { importSources } from '../../pipeline/source-imports.ts';
import { givenSourceSettings, listFeeds } from '../../store/source.ts';
import { writeOpml } from '../../text/opml.ts';
import { callerOf } from '../authenticate.ts';
import type { Api, ApiContext } from '../parts.ts';
import { newSourceImport, sourceImportView } from '../schemas/source.ts';
import { mayReachOutside } from '../test-keys.ts';

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
      mayReachOutside(caller);
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
        tags: ['sources'],
        response: { 200: { description: 'OPML 2.0.', content: { 'text/x-opml': { schema: z.string() } } } },
      },
    },
    async (_request, reply) => {
      const feeds = await listFeeds(context.database);
      const opml = writeOpml('standfirst', feeds);
      return reply
        .type('text/x-opml; charset=utf-8')
        .header('content-disposition', 'attachment; filename="sources.opml"')
        .send(opml);
    },
  );
}
