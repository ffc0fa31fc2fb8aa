import { z } from 'zod';
import { escapeHtml, htmlPage } from '../html.ts';
import type { Api } from '../parts.ts';
import type { ProblemName } from '../problem.ts';
import { ApiProblem, problems } from '../problem.ts';

/** The pages that `type` of a problem points to. */
export function problemRoutes(app: Api): void {
  app.get(
    '/problems/:name',
    { schema: { hide: true, params: z.object({ name: z.string() }) } },
    async (request, reply) => {
      const { name } = request.params;
      if (!Object.hasOwn(problems, name)) throw new ApiProblem('not-found', 'There is no such kind of problem.');
      const { title, status, advice } = problems[name as ProblemName];
      const body = `<p>Status ${status}, type <code>/problems/${name}</code>.</p>\n<p>${withCode(escapeHtml(advice))}</p>`;
      return reply.type('text/html; charset=utf-8').send(htmlPage(title, body, request.cspNonce));
    },
  );
}

function withCode(html: string): string {
  return html.replace(/`([^`]+)`/g, '<code>$1</code>');
}
