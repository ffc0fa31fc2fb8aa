import { decideCorrection } from '../../pipeline/carry-out.ts';
import { getCorrection, pageCorrections } from '../../store/correction.ts';
import type { CorrectionRow } from '../../store/correction.ts';
import { found } from '../../store/database.ts';
import { callerOf } from '../authenticate.ts';
import { sendPage } from '../page.ts';
import type { Api, ApiContext } from '../parts.ts';
import { byId } from '../schemas/common.ts';
import type { CorrectionView } from '../schemas/correction.ts';
import { carryOutBody, correctionPage, correctionQuery, correctionView } from '../schemas/correction.ts';
import { mayApprove } from '../when.ts';

/** Corrections: what to do about posts that are out and say what their article does not say any more. */
export function correctionRoutes(app: Api, context: ApiContext): void {
  const { database } = context;

  app.get(
    '/v1/corrections',
    {
      schema: {
        operationId: 'listCorrections',
        summary: 'Stories that changed after their posts were out, the newest first, with a plan for each post',
        tags: ['corrections'],
        querystring: correctionQuery,
        response: { 200: correctionPage },
      },
    },
    (request, reply) =>
      sendPage(
        request,
        reply,
        (page) => pageCorrections(database, request.query.state ?? null, page),
        (row) => [row.id],
        viewOf,
      ),
  );

  app.get(
    '/v1/corrections/:id',
    {
      schema: {
        operationId: 'getCorrection',
        summary: 'One correction',
        tags: ['corrections'],
        params: byId,
        response: { 200: correctionView },
      },
    },
    async (request) => viewOf(found(await getCorrection(database, request.params.id), 'correction', request.params.id)),
  );

  app.post(
    '/v1/corrections/:id/carry-out',
    {
      schema: {
        operationId: 'carryOutCorrection',
        summary: 'Correct every post, each as its network can or as chosen',
        description:
          'Needs the scope `posts:approve` too. Answers at once; a worker does it, and the correction says of each post what became of it. Asked again it goes on where it stands: nothing is done twice, and what failed is tried again.',
        tags: ['corrections'],
        params: byId,
        body: carryOutBody,
        response: { 202: correctionView },
      },
    },
    async (request, reply) => {
      const caller = callerOf(request);
      mayApprove(caller);
      const row = await decideCorrection(context, request.params.id, request.body.choices, caller.id);
      void reply.header('location', `/v1/corrections/${row.id}`);
      return reply.code(202).send(viewOf(row));
    },
  );
}

function viewOf({ round: _round, posts, createdAt, chosenAt, doneAt, ...rest }: CorrectionRow): CorrectionView {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    chosenAt: chosenAt?.toISOString() ?? null,
    doneAt: doneAt?.toISOString() ?? null,
    posts: posts.map(({ content, ...post }) => ({
      ...post,
      texts: content.parts.map(({ text }) => text),
      plan: post.choice ?? post.options[0] ?? 'leave',
    })),
  };
}
