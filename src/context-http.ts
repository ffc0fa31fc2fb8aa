import { readSettings } from './context-settings.ts';
import { createHttp, userAgentOf } from './http/client.ts';
import type { Http } from './http/client.ts';

/** The part of the composition root that a command needs which only reads pages: the guarded client, without database or queue. */
export function openHttp(version: string): Http {
  const { outbound } = readSettings();
  return createHttp({
    allowPrivate: outbound.allowPrivate,
    userAgent: userAgentOf(version, outbound.contact),
    ...(outbound.proxy !== null && { proxy: outbound.proxy }),
  });
}
