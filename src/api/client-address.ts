import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { clientNetwork } from '../domain/client-network.ts';

/**
 * Address of whoever asks, for limits and the audit: what a trusted proxy says, where that is an address; else the proxy's
 * own. What stands in `X-Forwarded-For` was written by the client up to the first trusted proxy, and may be anything.
 */
export function clientAddress(request: FastifyRequest): string {
  return isIP(request.ip) === 0 ? (request.socket.remoteAddress ?? '') : request.ip;
}

/** Under what whoever asks is counted where nothing else is known of them: see `clientNetwork`. */
export function clientBucket(request: FastifyRequest): string {
  return clientNetwork(clientAddress(request));
}
