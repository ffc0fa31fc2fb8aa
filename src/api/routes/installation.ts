import { MODEL_VERSION } from '../../pipeline/write-summary.ts';
import { ENGINE } from '../../text/summary.ts';
import { zoneOfNewsroom } from '../../store/newsroom.ts';
import type { Api, ApiContext } from '../parts.ts';
import { installationView } from '../schemas/installation.ts';

/** @param version of standfirst. */
export function installationRoutes(app: Api, context: ApiContext, version: string): void {
  const { settings, database, backend, writer, mail, publicUrl } = context;
  app.get(
    '/v1/installation',
    {
      schema: {
        operationId: 'getInstallation',
        summary: 'Versions, database, queue, summary engine and time zone of this installation',
        tags: ['operations'],
        response: { 200: installationView },
      },
    },
    async () => ({
      version,
      node: process.versions.node,
      timeZone: await zoneOfNewsroom(database, settings.timeZone),
      zoneData: process.versions['tz'] ?? '',
      database: settings.databaseUrl === null ? ('embedded' as const) : ('postgres' as const),
      queue: backend.kind,
      engine: { name: ENGINE.engine, version: ENGINE.version },
      model: writer === null ? null : { name: writer.model, version: MODEL_VERSION },
      hasMail: mail !== null,
      publicUrl,
    }),
  );
}
