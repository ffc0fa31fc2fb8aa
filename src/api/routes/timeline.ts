import { pageTimeline } from '../../store/timeline-list.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { timelinePage, timelineQuery } from '../schemas/event.ts';

export function timelineRoutes(app: Api, context: ApiContext): void {
  app.get(
    '/v1/sandbox/timeline',
    {
      schema: {
        operationId: 'listTimeline',
        summary: 'What our own network, the sandbox, was sent, newest first',
        tags: ['timeline'],
        querystring: timelineQuery,
        response: { 200: timelinePage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => pageTimeline(context.database, page, request.query.account ?? null),
        (row) => [row.createdAt.toISOString(), row.id],
        (row) => ({ ...row, createdAt: row.createdAt.toISOString() }),
      ),
  );
}
