import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JobBackend } from '../jobs/backend.ts';
import type { Tools } from '../pipeline/tools.ts';
import type { Access } from './access-table.ts';
import type { Caller } from './caller.ts';
import type { LimitName } from './rate-limits.ts';

/** What the API needs to know of the operator's settings. */
export interface ApiSettings {
  /** IANA name. */
  readonly timeZone: string;
  readonly dataDir: string;
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  readonly http: {
    /** Address it listens on. */
    readonly host: string;
    readonly publicUrl: string | null;
    readonly trustedProxies: readonly string[];
    readonly insecureCookies: boolean;
  };
}

/** What the API needs of the composition root. */
export interface ApiContext extends Tools {
  readonly settings: ApiSettings;
  readonly backend: JobBackend;
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
    /** Whether a change names the version it was made from: see `etag.ts`; the OpenAPI document says it too. */
    ifMatch?: 'required' | 'optional';
    /** A limit besides the general one. */
    limit?: LimitName;
    /** What a replay of an answer must not repeat: a secret that is shown once. */
    redactReplay?: (body: string) => string;
  }
}
