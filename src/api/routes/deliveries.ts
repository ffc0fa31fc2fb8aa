import { found } from '../../store/database.ts';
import { getDelivery, listTries, pageDeliveries, redeliver } from '../../store/delivery.ts';
import { getWebhook } from '../../store/webhook.ts';
import { callerOf } from '../authenticate.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId, noBody } from '../schemas/common.ts';
import { deliveryDetail, deliveryPage, deliveryQuery, deliveryView } from '../schemas/webhook.ts';
import { deliveryDetailOf, deliveryViewOf } from '../views/webhook.ts';

export function deliveryRoutes(app: Api, { database }: ApiContext): void {
  app.get(
    '/v1/webhooks/:id/deliveries',
    {
      schema: {
        operationId: 'listDeliveries',
        summary: 'What a webhook was sent, and is still to be, newest first',
        tags: ['webhooks'],
        params: byId,
        querystring: deliveryQuery,
        response: { 200: deliveryPage },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      found(await getWebhook(database, id), 'webhook endpoint', id);
      return sendPage(
        request,
        reply,
        (page) => pageDeliveries(database, id, request.query.state ?? null, page),
        (row) => [row.id],
        deliveryViewOf,
      );
    },
  );

  app.get(
    '/v1/deliveries/:id',
    {
      schema: {
        operationId: 'getDelivery',
        summary: 'One delivery: what is sent, and every try at it',
        tags: ['webhooks'],
        params: byId,
        response: { 200: deliveryDetail },
      },
    },
    async (request) => {
      const { id } = request.params;
      const row = found(await getDelivery(database, id), 'delivery', id);
      return deliveryDetailOf(row, await listTries(database, id));
    },
  );

  app.post(
    '/v1/deliveries/:id/redeliver',
    {
      schema: {
        operationId: 'redeliver',
        summary: 'Send it now, or once more, under the same id',
        tags: ['webhooks'],
        params: byId,
        body: noBody,
        response: { 202: deliveryView },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      const row = await database.transaction((sql) => redeliver(sql, request.params.id, caller.id));
      return reply.code(202).send(deliveryViewOf(row));
    },
  );
}
