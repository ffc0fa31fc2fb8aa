import { readEnv } from '../config/env.ts';
import { settingsFrom } from '../config/settings.ts';
import { createHttp, userAgentOf } from './http/client.ts';
import type { Http } from './http/client.ts';

/** The part of the composition root that a command needs which only reads pages: the guarded client, without database or queue. */
export function openHttp(version: string): Http {
  const { outbound } = settingsFrom(readEnv());
  return createHttp({
    allowPrivate: outbound.allowPrivate,
    userAgent: userAgentOf(version, outbound.contact),
    ...(outbound.proxy !== null && { proxy: outbound.proxy }),
  });
}

/** Where the server of this machine listens and keeps its key, by the same settings it was started with. */
export function readLocalServer(): { readonly port: number; readonly dataDir: string } {
  const { http, dataDir } = settingsFrom(readEnv());
  return { port: http.port, dataDir };
}
