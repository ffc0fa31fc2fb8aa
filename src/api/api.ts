import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { authenticate } from './authenticate.ts';
import { refusePlainHttp } from './cookie.ts';
import { serveDashboard } from './dashboard.ts';
import { describeApi } from './documents.ts';
import { readForms } from './forms.ts';
import { healthRoutes } from './health.ts';
import { honourIdempotencyKeys } from './idempotency.ts';
import { readJsonBodies } from './json-body.ts';
import { metricsRoute } from './metrics.ts';
import type { Logger } from '../logger.ts';
import type { Api, ApiContext } from './parts.ts';
import { sendProblem } from './problem.ts';
import { countRequests, limitRates } from './rate-limits.ts';
import { referenceRoutes } from './reference.ts';
import { accountRoutes } from './routes/accounts.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { articleRoutes } from './routes/articles.ts';
import { auditRoutes } from './routes/audit.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { commentRoutes } from './routes/comments.ts';
import { connectionRoutes } from './routes/connections.ts';
import { correctionRoutes } from './routes/corrections.ts';
import { decisionRoutes } from './routes/decisions.ts';
import { dryRunRoutes } from './routes/dry-runs.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { eventRoutes } from './routes/events.ts';
import { holdRoutes } from './routes/holds.ts';
import { houseRuleRoutes } from './routes/house-rules.ts';
import { installationRoutes } from './routes/installation.ts';
import { mediaRoutes } from './routes/media.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { postActionRoutes } from './routes/post-actions.ts';
import { postBulkRoutes } from './routes/post-bulk.ts';
import { postExportRoutes } from './routes/post-export.ts';
import { postImportRoutes } from './routes/post-import.ts';
import { postRoutes } from './routes/posts.ts';
import { previewRoutes } from './routes/previews.ts';
import { problemRoutes } from './routes/problems.ts';
import { queueBoardRoutes } from './routes/queue-board.ts';
import { recurrenceRoutes } from './routes/recurrences.ts';
import { newsroomRoutes } from './routes/newsroom.ts';
import { retentionRoutes } from './routes/retention.ts';
import { sessionRoutes } from './routes/session.ts';
import { ownAccountRoutes } from './routes/own-account.ts';
import { signInPasskeyRoutes } from './routes/sign-in-passkeys.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { shareRoutes } from './routes/shares.ts';
import { slotRoutes } from './routes/slots.ts';
import { sourceImportRoutes } from './routes/source-imports.ts';
import { sourceTrialRoutes } from './routes/source-trials.ts';
import { sourceRoutes } from './routes/sources.ts';
import { storyRoutes } from './routes/stories.ts';
import { teamRoutes } from './routes/team.ts';
import { timelineRoutes } from './routes/timeline.ts';
import { webSubRoutes } from './routes/websub.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { attemptRoutes } from './routes/attempts.ts';
import { figureRoutes } from './routes/figures.ts';
import { foundationRoutes } from './routes/foundations.ts';
import { outlookRoutes } from './routes/outlook.ts';
import { workerRoutes } from './routes/workers.ts';
import { sendSecurityHeaders } from './security-headers.ts';
import { traceRequests } from './trace-requests.ts';
import { readUploads } from './upload-body.ts';
import { validatorCompiler } from './validate.ts';

/** An article of 5 million characters, with what JSON adds. */
const BODY_LIMIT = 6 * 1024 * 1024;

export interface ApiOptions {
  /** Folder of the built page; default `dist/dashboard`. */
  readonly dashboardDir?: string;
  /** Shown in the OpenAPI document. */
  readonly version?: string;
  /** Further ways in, which come under the same access table. */
  readonly mounts?: readonly ((app: FastifyInstance, version: string) => void)[];
}

/**
 * Builds the HTTP application. It listens nowhere yet. Closing it ends the streams and gives back its connections.
 * @throws Refusal where the settings would leave nobody able to sign in.
 */
export async function buildApi(context: ApiContext, options: ApiOptions = {}): Promise<FastifyInstance> {
  refusePlainHttp(context.settings);
  const { trustedProxies } = context.settings.http;
  const app = Fastify({
    // Fastify's own lines have the whole address in them, and the address of a sign-in link is a secret: see `logRequests`.
    logger: false,
    genReqId: () => context.io.id('request'),
    requestIdHeader: false,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    forceCloseConnections: 'idle',
    // Named here already, so that Fastify does not load compilers of its own, which are never asked.
    schemaController: {
      compilersFactory: {
        buildValidator: () => validatorCompiler as never,
        buildSerializer: () => serializerCompiler as never,
      },
    },
    // An address that cannot be read never reaches a route.
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply, context.log),
  }) as unknown as Api;
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, context.log));
  logRequests(app, context.log);
  closeIdleWhileStopping(app);
  readJsonBodies(app);
  readForms(app);
  readUploads(app);

  // The order of these is the order of the hooks.
  await sendSecurityHeaders(app, context.settings.http.publicUrl);
  await app.register(cookie);
  const rateLimits = await limitRates(app, context);
  authenticate(app, context, rateLimits);
  traceRequests(app, context.trace);
  countRequests(app, rateLimits);
  honourIdempotencyKeys(app, context.database);

  const { version = '0.1.0' } = options;
  await describeApi(app, version);
  referenceRoutes(app);
  healthRoutes(app, context);
  metricsRoute(app, context);
  problemRoutes(app);
  signInRoutes(app, context, rateLimits);
  signInPasskeyRoutes(app, context, rateLimits);
  sessionRoutes(app, context);
  ownAccountRoutes(app, context, rateLimits);
  teamRoutes(app, context);
  apiKeyRoutes(app, context);
  articleRoutes(app, context);
  previewRoutes(app, context);
  postRoutes(app, context);
  postActionRoutes(app, context);
  dryRunRoutes(app, context);
  postBulkRoutes(app, context);
  postImportRoutes(app, context);
  postExportRoutes(app, context);
  calendarRoutes(app, context);
  mediaRoutes(app, context, rateLimits);
  houseRuleRoutes(app, context);
  notificationRoutes(app, context);
  accountRoutes(app, context);
  slotRoutes(app, context);
  sourceRoutes(app, context);
  sourceTrialRoutes(app, context);
  decisionRoutes(app, context);
  sourceImportRoutes(app, context);
  await webSubRoutes(app, context, rateLimits);
  storyRoutes(app, context);
  correctionRoutes(app, context);
  commentRoutes(app, context);
  shareRoutes(app, context, rateLimits);
  holdRoutes(app, context);
  recurrenceRoutes(app, context);
  workerRoutes(app, context);
  attemptRoutes(app, context);
  figureRoutes(app, context);
  outlookRoutes(app, context);
  foundationRoutes(app, context);
  installationRoutes(app, context, version);
  newsroomRoutes(app, context);
  retentionRoutes(app, context);
  connectionRoutes(app, context, rateLimits);
  webhookRoutes(app, context);
  deliveryRoutes(app, context);
  eventRoutes(app, context);
  auditRoutes(app, context);
  timelineRoutes(app, context);
  queueBoardRoutes(app, context);
  for (const mount of options.mounts ?? []) mount(app as unknown as FastifyInstance, version);
  await serveDashboard(app, options.dashboardDir);
  await app.ready();
  return app as unknown as FastifyInstance;
}

/**
 * A connection that was busy when the stop began is kept open by its client for a minute more, and one that a browser opened
 * ahead of need is idle to nobody but us: both are closed as soon as nothing is under way on them.
 */
function closeIdleWhileStopping(app: Api): void {
  let timer: NodeJS.Timeout | undefined;
  const unused = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('preClose', async () => {
    timer = setInterval(() => {
      app.server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
    }, 100);
  });
  app.addHook('onClose', async () => clearInterval(timer));
}

function logRequests(app: Api, log: Logger): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      caller: request.caller?.id ?? null,
    };
    log.debug(line, 'answered');
  });
}
