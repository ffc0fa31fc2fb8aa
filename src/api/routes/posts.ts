import type { FastifyRequest } from 'fastify';
import type { Fault } from '../../domain/errors.ts';
import { Refusal } from '../../domain/errors.ts';
import { createPosts } from '../../pipeline/create-posts.ts';
import { changePost } from '../../pipeline/post-actions.ts';
import { repeatsIn } from '../../pipeline/limits.ts';
import { waitsOf } from '../../pipeline/waits.ts';
import { listAttempts } from '../../store/attempt.ts';
import { found } from '../../store/database.ts';
import { getListedPost, listRevisions, pagePosts, postKeys } from '../../store/post-list.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom } from '../etag.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { described, partsOf, pointerInto, readyPostOf } from '../ready-post.ts';
import { byId } from '../schemas/common.ts';
import type { PostChange } from '../schemas/new-post.ts';
import { newPost, postChange } from '../schemas/new-post.ts';
import { createdPosts, postDetail, postPage, postQuery, postView } from '../schemas/post.ts';
import { accountsWithin, mayReachPost } from '../test-keys.ts';
import { postDetailOf, postFilterOf, postViewOf } from '../views/post.ts';
import { mayPublish } from '../when.ts';

export function postRoutes(app: Api, context: ApiContext): void {
  const { database, io } = context;

  app.post(
    '/v1/posts',
    {
      schema: {
        operationId: 'createPosts',
        summary: 'Queue a ready text to one or more accounts',
        description:
          'One post per account, all or none. A time approves them, so it needs the scopes `posts:approve` and `posts:publish` too. Sent by a key, a text that names what the house rules call sensitive waits in review all the same, and its `reason` says so.',
        tags: ['posts'],
        body: newPost,
        response: { 201: createdPosts },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      await accountsWithin(caller, database, request.body.accountIds);
      const posts = await createPosts(
        context,
        readyPostOf(await described(database, request.body), caller, io.now()),
        caller.id,
      ).catch(pointInto(request));
      const data = posts.map((post) => postViewOf(post, caller));
      if (data.length === 1) void reply.header('location', `/v1/posts/${data[0]?.id}`);
      return reply.code(201).send({ data });
    },
  );

  app.get(
    '/v1/posts',
    {
      schema: {
        operationId: 'listPosts',
        summary: 'Posts by words, state, account, article, story and time',
        tags: ['posts'],
        querystring: postQuery,
        response: { 200: postPage },
      },
    },
    (request, reply) => {
      const { sort } = request.query;
      const filter = postFilterOf(request.query);
      return sendPage(
        request,
        reply,
        (page) => pagePosts(database, filter, sort, page),
        (row) => postKeys(row, sort),
        (row) => postViewOf(row, callerOf(request)),
      );
    },
  );

  app.get(
    '/v1/posts/:id',
    {
      schema: {
        operationId: 'getPost',
        summary: 'One post with every text it had and every try at sending it',
        tags: ['posts'],
        params: byId,
        response: { 200: postDetail },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const row = found(await getListedPost(database, id), 'post', id);
      sendVersion(reply, row.version);
      const repeats = row.state === 'published' ? [] : await repeatsIn(database, row);
      return postDetailOf(
        row,
        await listRevisions(database, id),
        await listAttempts(database, id),
        { repeats, waits: await waitsOf(database, row) },
        callerOf(request),
      );
    },
  );

  app.patch(
    '/v1/posts/:id',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'editPost',
        summary: 'New text: a new revision, back in review; or when it is worthless',
        tags: ['posts'],
        params: byId,
        body: postChange,
        response: { 200: postView },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const caller = callerOf(request);
      const version = versionFrom(request);
      await mayReachPost(caller, database, id);
      const before = found(await getListedPost(database, id), 'post', id);
      const { text, parts, worthlessAfter } = request.body;
      if (worthlessAfter !== undefined) mayPublish(caller);
      const change = {
        worthlessAfter: typeof worthlessAfter === 'string' ? new Date(worthlessAfter) : worthlessAfter,
        parts:
          text === undefined && parts === undefined
            ? undefined
            : partsOf(await described(database, request.body), before.parts),
      };
      await changePost(context, id, version, change, caller.id).catch(pointInto(request));
      const row = found(await getListedPost(database, id), 'post', id);
      sendVersion(reply, row.version);
      return postViewOf(row, caller);
    },
  );
}

/** A refusal of the pipeline, in the words of the request. */
function pointInto(request: FastifyRequest): (error: unknown) => never {
  const renamed = ({ pointer, ...fault }: Fault): Fault => ({
    ...fault,
    pointer: pointerInto(request.body as PostChange, pointer),
  });
  return (error) => {
    if (!(error instanceof Refusal) || error.faults.length === 0) throw error;
    throw new Refusal(error.reason, error.message, error.faults.map(renamed), { cause: error });
  };
}
