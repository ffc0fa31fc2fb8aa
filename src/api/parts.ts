import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Settings } from '../../config/settings.ts';
import type { MakeId } from '../domain/id.ts';
import type { Database } from '../store/database.ts';
import type { Access } from './access-table.ts';
import type { Caller } from './caller.ts';
import type { LimitName } from './rate-limits.ts';

/** What the API needs of the composition root. */
export interface ApiContext {
  readonly settings: Pick<Settings, 'timeZone' | 'http'>;
  readonly database: Database;
  readonly io: { readonly now: () => Date; readonly id: MakeId };
  readonly log: FastifyBaseLogger;
  /** Throws where the queue cannot be reached. */
  readonly checkQueue?: () => Promise<void>;
}

/** The app with our schemas as types. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on public routes that nobody signed in to. */
    caller: Caller | null;
    /** Of this answer's Content-Security-Policy. */
    cspNonce: string;
  }
  interface FastifyContextConfig {
    /** Filled in from the access table. */
    access?: Access;
    /** A limit besides the general one. */
    limit?: LimitName;
    /** What a replay of an answer must not repeat: a secret that is shown once. */
    redactReplay?: (body: string) => string;
  }
}
