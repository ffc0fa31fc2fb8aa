import { networks } from '../../networks/registry.ts';
import type { Board } from '../bull-board.ts';
import type { Api, ApiContext } from '../parts.ts';
import { ApiProblem } from '../problem.ts';

const MOUNT = '/ops/queues';

/** The queues for engineers, to look at. Loaded when somebody first looks: nobody else pays for it. */
export function queueBoardRoutes(app: Api, { backend }: ApiContext): void {
  let board: Promise<Board> | null = null;
  app.addHook('onClose', async () => (await board?.catch(() => null))?.close());

  for (const url of [MOUNT, `${MOUNT}/*`] as const) {
    app.get(url, { schema: { hide: true } }, async (request, reply) => {
      board ??= import('../bull-board.ts').then(({ openBoard }) =>
        openBoard(
          backend,
          networks.map(({ profile }) => profile.id),
          MOUNT,
        ),
      );
      const opened = await board;
      const path = request.url.split('?')[0]?.slice(MOUNT.length) ?? '';
      const query = request.query as Record<string, string>;
      const answer = await opened.answer(path === '' ? '/' : path, query, request.cspNonce);
      if (answer === null) throw new ApiProblem('not-found', `The board of queues has nothing at ${path}.`);
      return reply.code(answer.status).type(answer.type).send(answer.body);
    });
  }
}
