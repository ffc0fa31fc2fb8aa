import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { addMedia } from '../../pipeline/media.ts';
import { imageFor, mayFetch } from '../../pipeline/media-address.ts';
import { networks } from '../../networks/registry.ts';
import { found } from '../../store/database.ts';
import { describeMedia, getMedia, getMediaBytes, pageMedia, removeMedia } from '../../store/media.ts';
import type { MediaRow } from '../../store/media.ts';
import { clientBucket } from '../client-address.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom, versionIfSent } from '../etag.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';
import type { RateLimits } from '../rate-limits.ts';
import { byId, pageQuery } from '../schemas/common.ts';
import type { MediaView } from '../schemas/media.ts';
import { mediaChange, mediaPage, mediaQuery, mediaView, newMedia } from '../schemas/media.ts';

export function mediaRoutes(app: Api, context: ApiContext, rateLimits: RateLimits): void {
  const { database } = context;

  app.post(
    '/v1/media',
    {
      schema: {
        operationId: 'addMedia',
        summary: 'Keep an image, to be used in posts by its id',
        description:
          'A form with `file` and `alt`, or the bytes alone (`Content-Type: image/…`) with `?alt=`. It is decoded and encoded anew, so that nothing but pixels is kept.',
        tags: ['media'],
        consumes: ['multipart/form-data'],
        querystring: mediaQuery,
        body: newMedia,
        response: { 201: mediaView },
      },
    },
    async (request, reply) => {
      const { file, alt } = request.body;
      const row = await addMedia(context, new Uint8Array(await file.arrayBuffer()), alt, callerOf(request).id);
      void reply.header('location', `/v1/media/${row.id}`);
      sendVersion(reply, row.version);
      return reply.code(201).send(viewOf(row));
    },
  );

  app.get(
    '/v1/media',
    {
      schema: {
        operationId: 'listMedia',
        summary: 'Images that are kept here, newest first',
        tags: ['media'],
        querystring: pageQuery,
        response: { 200: mediaPage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => pageMedia(database, page),
        (row) => [row.id],
        viewOf,
      ),
  );

  app.get(
    '/v1/media/:id',
    {
      schema: {
        operationId: 'getMedia',
        summary: 'One image: its size and its description',
        tags: ['media'],
        params: byId,
        response: { 200: mediaView },
      },
    },
    async (request, reply) => {
      const row = found(await getMedia(database, request.params.id), 'image', request.params.id);
      sendVersion(reply, row.version);
      return viewOf(row);
    },
  );

  app.get(
    '/v1/media/:id/content',
    {
      schema: {
        operationId: 'getMediaContent',
        summary: 'The image itself',
        tags: ['media'],
        params: byId,
        response: {
          200: { description: 'The image.', content: { 'image/jpeg': bytes, 'image/png': bytes, 'image/webp': bytes } },
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const image = found(await getMediaBytes(database, id), 'image', id);
      // An image never changes under its id.
      void reply.header('cache-control', 'private, max-age=86400, immutable');
      return sendImage(reply, id, image);
    },
  );

  app.patch(
    '/v1/media/:id',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'changeMedia',
        summary: 'Describe an image; posts that have it already keep their own words',
        tags: ['media'],
        params: byId,
        body: mediaChange,
        response: { 200: mediaView },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionFrom(request);
      const row = await database.transaction((sql) =>
        describeMedia(sql, id, version, request.body.alt, callerOf(request).id),
      );
      sendVersion(reply, row.version);
      return viewOf(row);
    },
  );

  app.delete(
    '/v1/media/:id',
    {
      config: { ifMatch: 'optional' },
      schema: {
        operationId: 'removeMedia',
        summary: 'Remove an image that no post needs any more',
        tags: ['media'],
        params: byId,
        response: { 204: z.undefined().describe('Removed.') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const version = versionIfSent(request);
      await database.transaction((sql) => removeMedia(sql, id, version, callerOf(request).id));
      return reply.code(204).send();
    },
  );

  app.get(
    '/media/:id',
    { schema: { hide: true, params: byId, querystring: z.object({ for: z.string(), token: z.string().max(300) }) } },
    async (request, reply) => {
      await rateLimits.use('stranger', clientBucket(request), request);
      const { id } = request.params;
      const { for: network, token } = request.query;
      const isAllowed = networks.some(({ profile }) => profile.id === network) && mayFetch(context, id, network, token);
      const image = isAllowed ? await imageFor(context, id, network) : null;
      if (image === null) throw new ApiProblem('not-found', 'There is no image at this address, or not any more.');
      void reply.header('cache-control', 'private, max-age=3600');
      return sendImage(reply, id, image);
    },
  );
}

const bytes = { schema: z.string().meta({ format: 'binary' }) };

/** Pixels that we encoded ourselves; whatever a browser takes them for, nothing in them runs (ASVS 5.0, 3.2.1). */
function sendImage(
  reply: FastifyReply,
  id: string,
  { type, bytes }: { readonly type: string; readonly bytes: Uint8Array },
): FastifyReply {
  return reply
    .headers({
      'content-security-policy': `default-src 'none'; sandbox`,
      'content-disposition': `inline; filename="${id}.${type.replace('image/', '')}"`,
      'x-content-type-options': 'nosniff',
    })
    .type(type)
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function viewOf({ createdAt, ...row }: MediaRow): MediaView {
  return { ...row, content: `/v1/media/${row.id}/content`, createdAt: createdAt.toISOString() };
}
