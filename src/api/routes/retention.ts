import { agesFrom, retainedNames, retentionDays } from '../../domain/retention.ts';
import { changeAges } from '../../pipeline/ages.ts';
import { getAges } from '../../store/ages.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom } from '../etag.ts';
import type { Api, ApiContext } from '../parts.ts';
import { givenRetention, retentionView } from '../schemas/retention.ts';
import type { RetentionView } from '../schemas/retention.ts';

/** How long things are kept before job `tidy` forgets them. */
export function retentionRoutes(app: Api, context: ApiContext): void {
  const { database, retention } = context;
  const view = async (): Promise<RetentionView> => {
    const { version, days } = await getAges(database);
    const hold = agesFrom(days, retention);
    const ages = retainedNames.map((what) => ({
      what,
      days: hold[what],
      usual: retentionDays[what],
      isFixed: retention[what] !== undefined,
    }));
    return { ages, version };
  };

  app.get(
    '/v1/retention',
    {
      schema: {
        operationId: 'getRetention',
        summary: 'How many days each kind of thing is kept',
        tags: ['operations'],
        response: { 200: retentionView },
      },
    },
    async (_request, reply) => {
      const shown = await view();
      sendVersion(reply, shown.version);
      return shown;
    },
  );

  app.put(
    '/v1/retention',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'putRetention',
        summary: 'Decide anew how many days things are kept; what is older then is forgotten for good',
        tags: ['operations'],
        body: givenRetention,
        response: { 200: retentionView },
      },
    },
    async (request, reply) => {
      await changeAges(context, versionFrom(request), request.body.days, callerOf(request).id);
      const shown = await view();
      sendVersion(reply, shown.version);
      return shown;
    },
  );
}
