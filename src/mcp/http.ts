import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallApi } from './tools.ts';
import { ToolRefusal } from './tools.ts';

/**
 * Answers MCP over HTTP at `POST /mcp`. Every call of a tool is a request to the API itself with the key that came along, so
 * that access, rate limits and audit are those of any other client.
 * @param version of standfirst.
 */
export function mountMcp(app: FastifyInstance, version: string): void {
  app.post('/mcp', { schema: { hide: true } }, async (request, reply) => {
    const [{ createMcpHandler }, { mcpServer }] = await Promise.all([
      import('@modelcontextprotocol/server'),
      import('./server.ts'),
    ]);
    const handler = createMcpHandler(() => mcpServer(apiOf(app, request), version));
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) {
      if (typeof value === 'string' && /^(accept|content-type|mcp-)/.test(name)) headers.set(name, value);
    }
    const answer = await handler.fetch(
      new Request(`http://localhost${request.url}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(request.body ?? null),
      }),
    );
    void reply.code(answer.status);
    for (const [name, value] of answer.headers) void reply.header(name, value);
    return reply.send(Buffer.from(await answer.arrayBuffer()));
  });
}

function apiOf(app: FastifyInstance, { headers: { authorization, cookie }, ip }: FastifyRequest): CallApi {
  return async (method, path, { body, version } = {}) => {
    const answer = await app.inject({
      method,
      url: path,
      remoteAddress: ip,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(cookie === undefined ? {} : { cookie, 'sec-fetch-site': 'same-origin' }),
        ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const json: unknown = answer.body === '' ? null : answer.json();
    if (answer.statusCode < 300) return json;
    throw new ToolRefusal((json as { detail?: string } | null)?.detail ?? `HTTP ${answer.statusCode}`);
  };
}
