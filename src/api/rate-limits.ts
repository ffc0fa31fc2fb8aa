import rateLimit from '@fastify/rate-limit';
import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { countTry } from '../store/try.ts';
import { clientBucket } from './client-address.ts';
import type { ApiContext } from './parts.ts';
import { ApiProblem } from './problem.ts';

interface Limit {
  readonly max: number;
  readonly windowS: number;
  /** Counted in the database: it holds over all processes of the installation, and over a restart. */
  readonly isShared?: boolean;
}

/** How often, per key, session or address. `security.md` 6; the general two are far above what people and pages do. */
const limits = {
  read: { max: 6_000, windowS: 60 },
  write: { max: 1_200, windowS: 60 },
  preview: { max: 30, windowS: 60 },
  stranger: { max: 600, windowS: 60 },
  'sign-in': { max: 20, windowS: 60, isShared: true },
  'sign-in-account': { max: 5, windowS: 60, isShared: true },
  // Twice that, for the name and the address: reached by either, it would tell that both are one person's.
  'sign-in-owner': { max: 10, windowS: 60, isShared: true },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

export interface RateLimits {
  /** Counts one use of a limit by `who`. @throws ApiProblem `too-many` once it is used up. */
  use(name: LimitName, who: string, request: FastifyRequest, reply?: FastifyReply): Promise<void>;
}

/**
 * Limits in this process's memory; those at a way in are counted in the database besides, which is asked only while this
 * process's own count leaves some, so that a flood does not reach it. Every answer under /v1 says `RateLimit-Policy` and `RateLimit`
 * (draft-ietf-httpapi-ratelimit-headers); a refusal says `Retry-After`.
 */
export async function limitRates(
  app: FastifyInstance,
  { database, io }: Pick<ApiContext, 'database' | 'io'>,
): Promise<RateLimits> {
  await app.register(rateLimit, { global: false, store: windowsBy(io.monotonic) });
  const whoOf = new WeakMap<FastifyRequest, string>();
  const counters = Object.fromEntries(
    Object.entries(limits).map(([name, { max, windowS }]) => [
      name,
      app.createRateLimit({
        max,
        timeWindow: windowS * 1000,
        keyGenerator: (request) => `${name} ${whoOf.get(request) ?? clientBucket(request)}`,
      }),
    ]),
  ) as Record<LimitName, ReturnType<typeof app.createRateLimit>>;

  async function count(name: LimitName, who: string, request: FastifyRequest) {
    whoOf.set(request, who);
    const result = await counters[name](request);
    if (result.isAllowed) throw new Error('No limit has a list of exceptions.');
    const { max, windowS, isShared = false }: Limit = limits[name];
    if (!isShared || result.isExceeded) return result;
    const { tries, leftS } = await countTry(database, name, who, windowS);
    return { isExceeded: tries > max, remaining: Math.max(0, max - tries), ttlInSeconds: leftS };
  }

  const rateLimits: RateLimits = {
    async use(name, who, request, reply) {
      const { isExceeded, remaining, ttlInSeconds } = await count(name, who, request);
      const { max, windowS } = limits[name];
      const headers = {
        'ratelimit-policy': `"${name}";q=${max};w=${windowS}`,
        ratelimit: `"${name}";r=${remaining};t=${ttlInSeconds}`,
      };
      void reply?.headers(headers);
      if (isExceeded) {
        throw new ApiProblem(
          'too-many',
          `More than ${max} requests in ${windowS} s (${name}). Wait ${ttlInSeconds} s.`,
          [],
          { ...headers, 'retry-after': String(ttlInSeconds) },
        );
      }
    },
  };

  return rateLimits;
}

/** Who has asked least lately is forgotten beyond this number. */
const MOST_WINDOWS = 5_000;

interface Window {
  current: number;
  /** Milliseconds that are left of it. */
  ttl: number;
  endsAt: number;
}

/** The plugin's own store reads the wall clock: one that is set back by an hour would shut everybody out for an hour. */
function windowsBy(monotonic: () => number): FastifyRateLimitStoreCtor {
  return class Windows implements FastifyRateLimitStore {
    readonly #windows = new Map<string, Window>();

    incr(key: string, done: (error: null, window: Window) => void, timeWindow = 60_000): void {
      const now = monotonic();
      const known = this.#windows.get(key);
      const window =
        known !== undefined && known.endsAt > now ? known : { current: 0, ttl: 0, endsAt: now + timeWindow };
      window.current += 1;
      window.ttl = window.endsAt - now;
      this.#windows.delete(key);
      this.#windows.set(key, window);
      const [oldest] = this.#windows.keys();
      if (this.#windows.size > MOST_WINDOWS && oldest !== undefined) this.#windows.delete(oldest);
      done(null, window);
    }

    child(): Windows {
      return new Windows();
    }
  };
}

/** Counts each request under /v1. Added after `authenticate`, because who is asking decides the bucket. */
export function countRequests(app: FastifyInstance, rateLimits: RateLimits): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/v1/')) return;
    const who = request.caller?.secretHash ?? clientBucket(request);
    const own = request.routeOptions.config.limit;
    if (own !== undefined) await rateLimits.use(own, who, request, reply);
    else if (request.caller === null) await rateLimits.use('stranger', who, request, reply);
    else await rateLimits.use(request.method === 'GET' ? 'read' : 'write', who, request, reply);
  });
}
