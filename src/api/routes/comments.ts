import type { CommentRow } from '../../store/comment.ts';
import { addComment, pageComments } from '../../store/comment.ts';
import { found } from '../../store/database.ts';
import { getStory } from '../../store/story.ts';
import { callerOf } from '../authenticate.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId, pageQuery } from '../schemas/common.ts';
import type { CommentView } from '../schemas/conversation.ts';
import { commentPage, commentView, newComment } from '../schemas/conversation.ts';

/** What colleagues say about a story. Nothing of it goes out. */
export function commentRoutes(app: Api, { database, io }: ApiContext): void {
  app.get(
    '/v1/stories/:id/comments',
    {
      schema: {
        operationId: 'listComments',
        summary: 'What was said about a story, oldest first',
        tags: ['stories'],
        params: byId,
        querystring: pageQuery,
        response: { 200: commentPage },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      found(await getStory(database, id), 'story', id);
      return sendPage(
        request,
        reply,
        (page) => pageComments(database, id, page),
        (row) => [row.id],
        viewOf,
      );
    },
  );

  app.post(
    '/v1/stories/:id/comments',
    {
      schema: {
        operationId: 'addComment',
        summary: 'Say something about a story to colleagues',
        tags: ['stories'],
        params: byId,
        body: newComment,
        response: { 201: commentView },
      },
    },
    async (request, reply) => {
      const { id } = found(await getStory(database, request.params.id), 'story', request.params.id);
      const comment = { id: io.id('comment'), storyId: id, text: request.body.text.trim() };
      const row = await database.transaction((sql) => addComment(sql, comment, callerOf(request).id));
      return reply.code(201).send(viewOf(row));
    },
  );
}

function viewOf(row: CommentRow): CommentView {
  return { ...row, createdAt: row.createdAt.toISOString() };
}
