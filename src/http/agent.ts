import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { type GuardedConnect, guardedLookup } from './connect.ts';
import { markUnsent } from './failure.ts';
import { checkHost } from './url-rules.ts';

/**
 * An agent for clients that use `node:http` instead of `fetch`, under the same guard. Connections are kept and reused.
 * `proxy` sends everything through an egress proxy, which then resolves names by itself.
 */
export function guardedAgent(protocol: string, guard: GuardedConnect, timeoutMs: number, proxy?: string): HttpAgent {
  const options: AgentOptions & { proxyEnv?: Record<string, string> } = { keepAlive: true, timeout: timeoutMs };
  if (proxy !== undefined) options.proxyEnv = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
  const agent = protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  guardConnections(agent, guard);
  return agent;
}

function guardConnections(agent: HttpAgent, guard: GuardedConnect): void {
  const open = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const host = options.host ?? 'localhost';
    const port = Number(options.port);
    try {
      checkHost(host, port, guard);
    } catch (error) {
      const refused = markUnsent(error as Error);
      queueMicrotask(() => callback?.(refused, undefined as unknown as Duplex));
      return undefined;
    }
    // With a proxy the only name looked up is the operator's own, that of the proxy.
    const lookup = guard.namesResolveElsewhere ? {} : { lookup: guardedLookup(guard, port) };
    const socket = open({ ...options, ...lookup }, callback);
    const unsent = (error: Error): void => void markUnsent(error);
    const ready = agent instanceof HttpsAgent ? 'secureConnect' : 'connect';
    socket?.once('error', unsent).once(ready, () => socket.off('error', unsent));
    return socket;
  };
}
