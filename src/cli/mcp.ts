import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { Refusal } from '../domain/errors.ts';
import { mcpServer } from '../mcp/server.ts';
import type { CallApi } from '../mcp/tools.ts';
import { ToolRefusal } from '../mcp/tools.ts';
import { version as ownVersion } from '../version.ts';
import { callApi } from './call-api.ts';
import type { ApiOptions } from './call-api.ts';

/** Tools for an assistant on this machine, over standard input and output, with the rights of the API key in the key file. */
export function serveMcp(options: ApiOptions): void {
  const api: CallApi = (method, path, { body, version } = {}) =>
    callApi(options, method, path, body, version).catch((error: unknown) => {
      throw error instanceof Refusal ? new ToolRefusal(error.message) : error;
    });
  serveStdio(() => mcpServer(api, ownVersion));
}
