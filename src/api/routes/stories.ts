import { editStory } from '../../pipeline/stories.ts';
import { found } from '../../store/database.ts';
import type { StoryRow } from '../../store/story.ts';
import { getStory, writeMaster } from '../../store/story.ts';
import { pageStories } from '../../store/story-list.ts';
import { callerOf } from '../authenticate.ts';
import { sendVersion, versionFrom } from '../etag.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId } from '../schemas/common.ts';
import type { StoryView } from '../schemas/story.ts';
import { masterText, storyChange, storyPage, storyQuery, storyView } from '../schemas/story.ts';

export function storyRoutes(app: Api, context: ApiContext): void {
  app.get(
    '/v1/stories',
    {
      schema: {
        operationId: 'listStories',
        summary: 'Stories, the newest first: one for all articles that tell the same',
        tags: ['stories'],
        querystring: storyQuery,
        response: { 200: storyPage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => pageStories(context.database, request.query.urgency ?? null, request.query.q ?? null, page),
        (row) => [row.id],
        ({ articleId, revision, copies, posts, ...row }) => ({ ...viewOf(row), articleId, revision, copies, posts }),
      ),
  );

  app.get(
    '/v1/stories/:id',
    {
      schema: {
        operationId: 'getStory',
        summary: 'A story: how much it hurries, and until when it is under embargo',
        tags: ['stories'],
        params: byId,
        response: { 200: storyView },
      },
    },
    async (request, reply) => {
      const row = found(await getStory(context.database, request.params.id), 'story', request.params.id);
      sendVersion(reply, row.masterVersion);
      return viewOf(row);
    },
  );

  app.put(
    '/v1/stories/:id/master',
    {
      config: { ifMatch: 'required' },
      schema: {
        operationId: 'putMasterText',
        summary: 'Write the text that the posts of a story follow; the posts themselves are changed by their editors',
        tags: ['stories'],
        params: byId,
        body: masterText,
        response: { 200: storyView },
      },
    },
    async (request, reply) => {
      const version = versionFrom(request);
      const { id } = request.params;
      const actor = callerOf(request).id;
      const row = await context.database.transaction((sql) => writeMaster(sql, id, version, request.body.text, actor));
      sendVersion(reply, row.masterVersion);
      return viewOf(row);
    },
  );

  app.patch(
    '/v1/stories/:id',
    {
      schema: {
        operationId: 'changeStory',
        summary: 'Set or lift an embargo, change the urgency, or what links say; posts that are not out follow',
        tags: ['stories'],
        params: byId,
        body: storyChange,
        response: { 200: storyView },
      },
    },
    async (request) => {
      const { embargoUntil, ...rest } = request.body;
      const until = embargoUntil === undefined || embargoUntil === null ? embargoUntil : new Date(embargoUntil);
      return viewOf(
        await editStory(context, request.params.id, { embargoUntil: until, ...rest }, callerOf(request).id),
      );
    },
  );
}

function viewOf(row: StoryRow): StoryView {
  return { ...row, embargoUntil: row.embargoUntil?.toISOString() ?? null, createdAt: row.createdAt.toISOString() };
}
