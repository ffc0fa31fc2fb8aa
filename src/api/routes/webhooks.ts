import { z } from 'zod';
import { addWebhook, changeSecret, editWebhook, testWebhook } from '../../pipeline/webhooks.ts';
import { found } from '../../store/database.ts';
import { getWebhook, pageWebhooks, removeWebhook } from '../../store/webhook.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom, versionIfSent } from '../etag.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId, noBody, pageQuery } from '../schemas/common.ts';
import {
  deliveryView,
  newWebhook,
  rotation,
  webhookChange,
  webhookPage,
  webhookView,
  webhookWithSecret,
} from '../schemas/webhook.ts';
import { mayReachOutside } from '../test-keys.ts';
import { deliveryViewOf, webhookViewOf } from '../views/webhook.ts';

const HOUR_MS = 3_600_000;
const DEFAULT_OVERLAP_HOURS = 24;
const redactReplay = (body: string): string => JSON.stringify({ ...JSON.parse(body), secret: null });

export function webhookRoutes(app: Api, context: ApiContext): void {
  const { database } = context;

  app.post(
    '/v1/webhooks',
    {
      config: { redactReplay },
      schema: {
        operationId: 'addWebhook',
        summary: 'Have events sent to an address (Standard Webhooks 1.0); its secret is shown this once',
        tags: ['webhooks'],
        body: newWebhook,
        response: { 201: webhookWithSecret },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      mayReachOutside(caller);
      const { row, secret } = await addWebhook(context, request.body, caller.id);
      void reply.header('location', `/v1/webhooks/${row.id}`);
      sendVersion(reply, row.version);
      return reply.code(201).send({ ...webhookViewOf(row), secret });
    },
  );

  app.get(
    '/v1/webhooks',
    {
      schema: {
        operationId: 'listWebhooks',
        summary: 'Webhooks, without their secrets',
        tags: ['webhooks'],
        querystring: pageQuery,
        response: { 200: webhookPage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => pageWebhooks(database, page),
        (row) => [row.id],
        webhookViewOf,
      ),
  );

  app.get(
    '/v1/webhooks/:id',
    {
      schema: {
        operationId: 'getWebhook',
        summary: 'One webhook',
        tags: ['webhooks'],
        params: byId,
        response: { 200: webhookView },
      },
    },
    async (request, reply) => {
      const row = found(await getWebhook(database, request.params.id), 'webhook endpoint', request.params.id);
      sendVersion(reply, row.version);
      return webhookViewOf(row);
    },
  );

  app.patch(
    '/v1/webhooks/:id',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'changeWebhook',
        summary: 'Its address, its events, and whether it is called',
        tags: ['webhooks'],
        params: byId,
        body: webhookChange,
        response: { 200: webhookView },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      mayReachOutside(caller);
      const row = await editWebhook(context, request.params.id, versionFrom(request), request.body, caller.id);
      sendVersion(reply, row.version);
      return webhookViewOf(row);
    },
  );

  app.delete(
    '/v1/webhooks/:id',
    {
      config: { ifMatch: 'optional' },
      schema: {
        operationId: 'removeWebhook',
        summary: 'Remove a webhook; its secrets are wiped, its deliveries stay as history',
        tags: ['webhooks'],
        params: byId,
        response: { 204: z.undefined().describe('Removed.') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionIfSent(request);
      await database.transaction((sql) => removeWebhook(sql, id, version, callerOf(request).id));
      return reply.code(204).send();
    },
  );

  app.post(
    '/v1/webhooks/:id/rotate-secret',
    {
      config: { redactReplay },
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'A new secret, shown this once; the old one signs too for a while',
        tags: ['webhooks'],
        params: byId,
        body: rotation,
        response: { 200: webhookWithSecret },
      },
    },
    async (request) => {
      const overlapMs = (request.body?.overlapHours ?? DEFAULT_OVERLAP_HOURS) * HOUR_MS;
      const { row, secret } = await changeSecret(context, request.params.id, overlapMs, callerOf(request).id);
      return { ...webhookViewOf(row), secret };
    },
  );

  app.post(
    '/v1/webhooks/:id/test',
    {
      config: { limit: 'preview' },
      schema: {
        operationId: 'testWebhook',
        summary: 'Send a test: a delivery like any other, of the type webhook.test',
        tags: ['webhooks'],
        params: byId,
        body: noBody,
        response: { 202: deliveryView },
      },
    },
    async (request, reply) => {
      mayReachOutside(callerOf(request));
      const delivery = await testWebhook(context, request.params.id);
      void reply.header('location', `/v1/deliveries/${delivery.id}`);
      return reply.code(202).send(deliveryViewOf(delivery));
    },
  );
}
