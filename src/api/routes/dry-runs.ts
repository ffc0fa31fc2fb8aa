import { dryRun } from '../../pipeline/dry-run.ts';
import { callerOf } from '../authenticate.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId, noBody } from '../schemas/common.ts';
import { rehearsalView } from '../schemas/rehearsal.ts';
import { mayReachPost } from '../test-keys.ts';

export function dryRunRoutes(app: Api, context: ApiContext): void {
  app.post(
    '/v1/posts/:id/dry-run',
    {
      schema: {
        operationId: 'dryRunPost',
        summary: 'What a post would send, request by request; nothing is sent',
        tags: ['posts'],
        params: byId,
        body: noBody,
        response: { 200: rehearsalView },
      },
    },
    async (request) => {
      await mayReachPost(callerOf(request), context.database, request.params.id);
      const { faults, repeats, notices, parts } = await dryRun(context, request.params.id);
      return {
        faults: [...faults],
        repeats: [...repeats],
        notices: [...notices],
        parts: parts.map(({ prepared, requests }) => ({ prepared, requests: [...requests] })),
      };
    },
  );
}
