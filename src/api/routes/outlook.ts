import { outlookOf } from '../../pipeline/outlook.ts';
import { countBacklog } from '../../store/outlook.ts';
import type { Api, ApiContext } from '../parts.ts';
import { outlookView } from '../schemas/outlook.ts';

/** Will posts go out on time in the next hours? Counted here, so that nobody has to load the posts to know. */
export function outlookRoutes(app: Api, { database, io, timeZone }: ApiContext): void {
  app.get(
    '/v1/outlook',
    {
      schema: {
        operationId: 'getOutlook',
        summary: 'What is due and has not gone, and whether the next 24 hours fit into the pace of each account',
        tags: ['operations'],
        response: { 200: outlookView },
      },
    },
    async () => {
      const now = io.now();
      const { oldestDueAt, ...backlog } = await countBacklog(database);
      const accounts = await outlookOf(database, now, timeZone);
      return {
        at: now.toISOString(),
        backlog: { ...backlog, oldestDueAt: oldestDueAt?.toISOString() ?? null },
        accounts: accounts.map(({ lastAt, ...rest }) => ({
          ...rest,
          lastAt: lastAt === null ? null : new Date(lastAt).toISOString(),
        })),
      };
    },
  );
}
