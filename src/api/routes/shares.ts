import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { hashToken, makeToken } from '../../secrets/token.ts';
import { found } from '../../store/database.ts';
import { pagePosts } from '../../store/post-list.ts';
import type { ShareRow } from '../../store/share.ts';
import { endShare, getOpenShare, openShare, pageShares } from '../../store/share.ts';
import { getStory } from '../../store/story.ts';
import { clientBucket } from '../client-address.ts';
import { callerOf } from '../authenticate.ts';
import { htmlPage } from '../html.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import type { RateLimits } from '../rate-limits.ts';
import { byId, pageQuery } from '../schemas/common.ts';
import type { ShareView } from '../schemas/conversation.ts';
import { createdShare, newShare, sharePage } from '../schemas/conversation.ts';
import { sharedPosts } from '../share-page.ts';

/** Links by which somebody without an account reads a story's posts, for a while, and changes nothing. */
export function shareRoutes(app: Api, { database, io }: ApiContext, rateLimits: RateLimits): void {
  app.get(
    '/v1/stories/:id/shares',
    {
      schema: {
        operationId: 'listShares',
        summary: 'The links of a story that still open it',
        tags: ['stories'],
        params: byId,
        querystring: pageQuery,
        response: { 200: sharePage },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      found(await getStory(database, id), 'story', id);
      return sendPage(
        request,
        reply,
        (page) => pageShares(database, id, page),
        (row) => [row.id],
        viewOf,
      );
    },
  );

  app.post(
    '/v1/stories/:id/shares',
    {
      config: { redactReplay: (body) => JSON.stringify({ ...JSON.parse(body), path: null }) },
      schema: {
        operationId: 'shareStory',
        summary: 'Make a link by which anybody who has it reads the posts of a story',
        tags: ['stories'],
        params: byId,
        body: newShare,
        response: { 201: createdShare },
      },
    },
    async (request, reply) => {
      const story = found(await getStory(database, request.params.id), 'story', request.params.id);
      const { token, hash } = makeToken();
      const share = { id: io.id('share'), storyId: story.id, tokenHash: hash, hours: request.body.hours };
      const row = await database.transaction((sql) => openShare(sql, share, callerOf(request).id));
      return reply.code(201).send({ ...viewOf(row), path: `/share/${token}` });
    },
  );

  app.delete(
    '/v1/shares/:id',
    {
      schema: {
        operationId: 'endShare',
        summary: 'Let a link open nothing any more',
        tags: ['stories'],
        params: byId,
        response: { 204: z.undefined().describe('Ended.') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const wasOpen = await database.transaction((sql) => endShare(sql, id, callerOf(request).id));
      if (!wasOpen) throw new Refusal('not-found', `There is no link ${id} that still works.`);
      return reply.code(204).send();
    },
  );

  app.get(
    '/share/:token',
    { schema: { hide: true, params: z.object({ token: z.string().max(100) }) } },
    async (request, reply) => {
      await rateLimits.use('stranger', clientBucket(request), request);
      void reply
        .type('text/html; charset=utf-8')
        .headers({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
      const share = await getOpenShare(database, hashToken(request.params.token));
      if (share === null) return reply.code(410).send(deadLink(request.cspNonce));
      const story = found(await getStory(database, share.storyId), 'story', share.storyId);
      const posts = await pagePosts(database, { storyId: story.id }, 'createdAt', firstPage);
      return reply.send(sharedPosts(story.title, share.expiresAt, posts, request.cspNonce));
    },
  );
}

/** More accounts than any story has. */
const firstPage = { limit: 200, after: null };

function deadLink(nonce: string): string {
  return htmlPage(
    'This link does not work any more',
    '<p>It has run out, or was taken back. Ask whoever sent it for a new one.</p>',
    nonce,
  );
}

function viewOf(row: ShareRow): ShareView {
  return { ...row, createdAt: row.createdAt.toISOString(), expiresAt: row.expiresAt.toISOString() };
}
