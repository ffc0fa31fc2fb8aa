import { getNewsroom, putNewsroom } from '../../store/newsroom.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom } from '../etag.ts';
import type { Api, ApiContext } from '../parts.ts';
import { givenNewsroom, newsroomView } from '../schemas/newsroom.ts';

/** How the newsroom calls itself, and on which clock its times are. */
export function newsroomRoutes(app: Api, { database, timeZone: usualTimeZone }: ApiContext): void {
  app.get(
    '/v1/newsroom',
    {
      schema: {
        operationId: 'getNewsroom',
        summary: 'The newsroom’s name and time zone',
        tags: ['house-rules'],
        response: { 200: newsroomView },
      },
    },
    async (_request, reply) => {
      const stored = await getNewsroom(database);
      sendVersion(reply, stored.version);
      return { ...stored, usualTimeZone };
    },
  );

  app.put(
    '/v1/newsroom',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'putNewsroom',
        summary: 'Name the newsroom and set its clock; accounts without a zone of their own follow it at once',
        tags: ['house-rules'],
        body: givenNewsroom,
        response: { 200: newsroomView },
      },
    },
    async (request, reply) => {
      const version = versionFrom(request);
      const actor = callerOf(request).id;
      const stored = await database.transaction((sql) => putNewsroom(sql, version, request.body, actor));
      sendVersion(reply, stored.version);
      return { ...stored, usualTimeZone };
    },
  );
}
