import { listWorkers } from '../../store/worker.ts';
import type { Api, ApiContext } from '../parts.ts';
import { workerList } from '../schemas/worker.ts';

export function workerRoutes(app: Api, context: ApiContext): void {
  app.get(
    '/v1/workers',
    {
      schema: {
        operationId: 'listWorkers',
        summary: 'The processes that publish, newest first',
        tags: ['operations'],
        response: { 200: workerList },
      },
    },
    async () => ({
      data: (await listWorkers(context.database)).map((row) => ({
        ...row,
        startedAt: row.startedAt.toISOString(),
        seenAt: row.seenAt.toISOString(),
      })),
    }),
  );
}
